import type { Config } from '../config/config.js';
import { type MediaInfo, resolutionOf } from './media-info.js';

type Transcoding = Config['media']['transcoding'];

const AUDIO_BITRATE = '128k';
const STEREO = '2';
/** Seconds of the highest bitrate that may come at once. */
const BUFFER_SECONDS = 2;

const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);

/** Width and height of a rendition whose shorter side is `resolution`; H.264 wants even numbers. */
export function scaled(
  { width, height }: Pick<MediaInfo, 'width' | 'height'>,
  resolution: number,
): { width: number; height: number } {
  const factor = resolution / Math.min(width, height);
  return { width: even(width * factor), height: even(height * factor) };
}

/** The configured resolutions below the original's own. */
export const ladder = (info: MediaInfo, { resolutions, enabled }: Transcoding): number[] =>
  enabled
    ? resolutions.filter((resolution) => resolution < resolutionOf(info)).toSorted((a, b) => b - a)
    : [];

/** H.264 and AAC that every browser plays, of the first video and sound track. Nothing else of the file is taken along. */
export function encodeArguments(info: MediaInfo, resolution: number, transcoding: Transcoding): string[] {
  const { width, height } = scaled(info, resolution);
  const { keyFrameInterval, crf, preset, threads, maxFps, maxBitsPerPixel } = transcoding;
  const limitFps = info.fps > maxFps ? ['-r', String(maxFps)] : [];
  const bitrate = Math.round(width * height * Math.min(info.fps || maxFps, maxFps) * maxBitsPerPixel);
  return [
    ...TRACKS,
    '-vf',
    `scale=${width}:${height},setsar=1`,
    ...[
      '-c:v',
      'libx264',
      '-preset',
      preset,
      '-crf',
      String(crf),
      // Quality decides, but grain must not make a file that viewers cannot carry.
      '-maxrate',
      String(bitrate),
      '-bufsize',
      String(bitrate * BUFFER_SECONDS),
      '-pix_fmt',
      'yuv420p',
      '-threads',
      String(threads),
    ],
    // Key frames by the clock and nowhere else: they stand at the same times in every rendition, so that a player can change.
    ...[
      '-force_key_frames',
      `expr:gte(t,n_forced*${keyFrameInterval})`,
      '-sc_threshold',
      '0',
      '-g',
      '100000',
    ],
    ...limitFps,
    ...['-c:a', 'aac', '-b:a', AUDIO_BITRATE, '-ac', STEREO],
    ...CONTAINER,
  ];
}

/** The same tracks in an MP4 whose index comes first. */
export const remuxArguments = (): string[] => [...TRACKS, '-c', 'copy', ...CONTAINER];

/** The same tracks in a WebM with an index: recordings of browsers have none, and could not be sought in. */
export const remuxWebmArguments = (): string[] => [
  ...TRACKS,
  ...['-c', 'copy', '-cues_to_front', '1', '-f', 'webm'],
];

const TRACKS = [
  '-map',
  // The first that is no cover picture.
  '0:V:0',
  '-map',
  '0:a:0?',
  '-sn',
  '-dn',
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
];
/** Negative offsets let reordered frames begin at zero without an edit list, which readers treat differently. */
const CONTAINER = ['-movflags', '+faststart+negative_cts_offsets', '-f', 'mp4'];

/** Whether an MP4 with the original's own tracks will do: H.264 in a shape that needs no turning. */
export const canRemux = (info: MediaInfo): boolean =>
  info.webReady &&
  info.demuxer === 'mov' &&
  info.videoCodec === 'avc' &&
  info.rotation === 0 &&
  [null, 'aac'].includes(info.audioCodec);

const WEBM_VIDEO = ['vp8', 'vp9', 'av1'];
const WEBM_AUDIO = [null, 'opus', 'vorbis'];

/** A WebM that browsers play stays one. Recorders also put H.264 under that name. */
export const staysWebm = ({ webReady, mediaType, videoCodec, audioCodec }: MediaInfo): boolean =>
  webReady &&
  mediaType === 'video/webm' &&
  WEBM_VIDEO.includes(videoCodec) &&
  WEBM_AUDIO.includes(audioCodec);
