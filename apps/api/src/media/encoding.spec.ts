import { describe, expect, test } from '@jest/globals';
import { configSchema } from '../config/config.schema.js';
import { canRemux, encodeArguments, ladder, scaled, staysWebm } from './encoding.js';
import type { MediaInfo } from './media-info.js';

const { transcoding } = configSchema.parse({}).media;

const info = (changes: Partial<MediaInfo> = {}): MediaInfo => ({
  demuxer: 'mov',
  mediaType: 'video/mp4',
  duration: 10,
  width: 1920,
  height: 1080,
  rotation: 0,
  fps: 30,
  videoCodec: 'avc',
  audioCodec: 'aac',
  streams: 2,
  fastStart: false,
  webReady: true,
  ...changes,
});

/** The value behind a flag. */
const valueOf = (parameters: string[], flag: string) =>
  parameters.includes(flag) ? parameters[parameters.indexOf(flag) + 1] : undefined;

describe('renditions', () => {
  test('are the configured ones below the original, largest first, by the shorter side', () => {
    expect(ladder(info(), transcoding)).toEqual([720, 360]);
    expect(ladder(info({ width: 1080, height: 1920 }), transcoding)).toEqual([720, 360]);
    expect(ladder(info({ width: 3840, height: 2160 }), transcoding)).toEqual([1080, 720, 360]);
    expect(ladder(info({ width: 640, height: 360 }), transcoding)).toEqual([]);
    expect(ladder(info(), { ...transcoding, enabled: false })).toEqual([]);
  });

  test.each([
    [1920, 1080, 720, 1280, 720],
    [1080, 1920, 720, 720, 1280],
    [854, 480, 240, 428, 240],
    [1001, 563, 563, 1002, 564],
    [7680, 2, 2, 7680, 2],
  ])('%d x %d at %d is %d x %d: the same shape, in even numbers', (width, height, resolution, ...size) => {
    const made = scaled({ width, height }, resolution);
    expect([made.width, made.height]).toEqual(size);
  });

  test('have no more pictures a second than is allowed, and else those of the original', () => {
    expect(valueOf(encodeArguments(info({ fps: 120 }), 720, transcoding), '-r')).toBe('60');
    expect(valueOf(encodeArguments(info({ fps: 59.94 }), 720, transcoding), '-r')).toBeUndefined();
  });

  test('have no higher bitrate than their size and rate allow', () => {
    const bitrate = (fps: number) => valueOf(encodeArguments(info({ fps }), 720, transcoding), '-maxrate');
    expect([bitrate(30), bitrate(60), bitrate(120), bitrate(0)]).toEqual([
      '4147200',
      '8294400',
      '8294400',
      '8294400',
    ]);
  });

  test('have their key frames by the clock', () => {
    const parameters = encodeArguments(info(), 720, { ...transcoding, keyFrameInterval: 4 });
    expect(valueOf(parameters, '-force_key_frames')).toBe('expr:gte(t,n_forced*4)');
  });
});

describe('the original’s own tracks are kept', () => {
  test('in an MP4 when they are upright H.264 with AAC or silent', () => {
    expect(canRemux(info())).toBe(true);
    expect(canRemux(info({ audioCodec: null }))).toBe(true);
    for (const other of [
      { rotation: 90 },
      { audioCodec: 'pcm-s16le' },
      { audioCodec: 'opus' },
      { videoCodec: 'hevc', webReady: false },
      { webReady: false },
      { demuxer: 'matroska' },
    ])
      expect(canRemux(info(other))).toBe(false);
  });

  test('in a WebM when they are what browsers play of it', () => {
    const webm = { demuxer: 'matroska', mediaType: 'video/webm', videoCodec: 'vp9', audioCodec: 'opus' };
    expect(staysWebm(info(webm))).toBe(true);
    expect(staysWebm(info({ ...webm, audioCodec: null }))).toBe(true);
    for (const other of [{ videoCodec: 'avc' }, { audioCodec: 'aac' }, { mediaType: 'video/x-matroska' }])
      expect(staysWebm(info({ ...webm, ...other }))).toBe(false);
  });
});
