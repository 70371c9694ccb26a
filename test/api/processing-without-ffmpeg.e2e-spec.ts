import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import {
  makeClip,
  makeH264Mp4,
  makeMp4,
  makeRotatedMov,
  makeVp9Webm,
  playThrough,
  probeFile,
  testWithFfmpeg,
} from '../support/media/index.js';
import {
  createProcessingSuite,
  kept,
  pathOf,
  type ProcessedVideo,
  type ProcessingSuite,
  publish,
  untilProcessed,
  upload,
  videoOf,
} from '../support/processing.js';
import { uploadForm } from '../support/uploads.js';

const TIMEOUT = 900_000;
const SOUND = ['-c:a', 'aac'];

/** Where a test is named "with ffmpeg", that only made its clip; the instance has none. */
describe('processing without ffmpeg', () => {
  let suite: ProcessingSuite;

  beforeAll(async () => {
    suite = await createProcessingSuite({ VIDIVERSE_MEDIA_FFMPEG_PATH: 'none' });
  });
  afterAll(() => suite.close());

  const path = (file: ProcessedVideo['files'][number]) => pathOf(suite, file);

  test('an MP4 whose index is at its end is published with the index first and the same pictures', async () => {
    const clip = makeMp4();
    const { files, duration } = await publish(suite, clip);
    expect(files).toHaveLength(1);
    expect([files[0]!.mediaType, files[0]!.width, files[0]!.height, duration]).toEqual([
      'video/mp4',
      128,
      96,
      1,
    ]);
    const made = await readFile(path(files[0]!));
    expect(made.indexOf('moov')).toBeGreaterThan(0);
    expect(made.indexOf('moov')).toBeLessThan(made.indexOf('mdat'));
    const pictures = clip.subarray(clip.indexOf('mdat') + 8, clip.indexOf('moov') - 8);
    expect(made.includes(pictures)).toBe(true);
    expect([await kept(suite, 'tmp'), await kept(suite, 'originals')]).toEqual([[], []]);
  });

  test('the poster is plain until its owner chooses one, and the stage says so', async () => {
    const id = await upload(suite, makeMp4({ seed: 2 }));
    const { stages } = await untilProcessed(suite, id);
    expect(stages.find(({ name }) => name === 'thumbnail')).toMatchObject({
      status: 'skipped',
      message: expect.stringContaining('choose one yourself'),
    });
    expect(stages.filter(({ name }) => name === 'rendition')).toEqual([]);
    const { thumbnailPath, previewPath } = await videoOf(suite, id);
    expect(await imageSize(thumbnailPath)).toEqual([280, 157]);
    expect(await imageSize(previewPath)).toEqual([850, 480]);
  });

  test('pictures that came with the upload are the thumbnail and the preview', async () => {
    const red = await sharp({ create: { width: 1280, height: 720, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const images = { thumbnailfile: red, previewfile: red };
    const { thumbnailPath, previewPath } = await publish(suite, makeMp4({ seed: 3 }), { images });
    for (const where of [thumbnailPath, previewPath]) {
      const { channels } = await sharp(await picture(where)).stats();
      expect(channels[0]!.mean - channels[2]!.mean).toBeGreaterThan(200);
    }
  });

  testWithFfmpeg(
    'what an encoder wrote is made ready without loss: H.264 with AAC, and VP9 with Opus as a WebM with its index',
    async () => {
      const kinds = [
        [makeH264Mp4, 'video/mp4', 'h264', 'aac'],
        [makeVp9Webm, 'video/webm', 'vp9', 'opus'],
      ] as const;
      for (const [make, mediaType, picture, sound] of kinds) {
        const clip = await suite.made((to) => make(to, { seconds: 4 }));
        const { files } = await publish(suite, clip);
        expect(files.map((file) => [file.mediaType, file.hasAudio])).toEqual([[mediaType, true]]);
        const { video, audio, duration, keyFrames } = await probeFile(path(files[0]!));
        expect([video.codec_name, audio!.codec_name]).toEqual([picture, sound]);
        expect(Math.abs(duration - 4)).toBeLessThan(0.1);
        expect(keyFrames[0]).toBeCloseTo(0, 1);
        expect(await playThrough(path(files[0]!))).toBe('');
      }
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'a MOV of a phone keeps its turn and says the size as it is seen',
    async () => {
      const clip = await suite.made((to) => makeRotatedMov(to, { width: 640, height: 360 }));
      const { files } = await publish(suite, clip);
      expect(files.map(({ width, height, resolution }) => [width, height, resolution.id])).toEqual([
        [360, 640, 360],
      ]);
      const [source, made] = await Promise.all([suite.clipPath, path(files[0]!)].map(probeFile));
      expect(source!.video.side_data_list![0]!.rotation).toBe(90);
      expect(made!.video.side_data_list![0]!.rotation).toBe(90);
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'where it was filmed and by whom is not passed on',
    async () => {
      const metadata = { location: '+48.2082+016.3738/', title: 'nobody-shall-know', handler_name: 'nobody' };
      for (const make of [makeH264Mp4, makeVp9Webm]) {
        const clip = await suite.made((to) => make(to, { metadata }));
        expect(clip.includes('nobody')).toBe(true);
        const { files } = await publish(suite, clip);
        const bytes = await readFile(path(files[0]!));
        for (const word of ['nobody', '48.2082']) expect(bytes.includes(word)).toBe(false);
      }
    },
    TIMEOUT,
  );

  const refusals: Array<[string, string[], number, RegExp]> = [
    [
      'HEVC',
      ['-c:v', 'libx265', '-x265-params', 'log-level=none', ...SOUND, '-f', 'mp4'],
      422,
      /hevc.*no ffmpeg/,
    ],
    ['MPEG-4 in an AVI', ['-c:v', 'mpeg4', '-c:a', 'mp3', '-f', 'avi'], 415, /needs ffmpeg/],
    ['MPEG-4 in an MP4', ['-c:v', 'mpeg4', ...SOUND, '-f', 'mp4'], 422, /no ffmpeg/],
    ['H.264 with PCM sound', ['-c:v', 'libx264', '-c:a', 'pcm_s16le', '-f', 'mov'], 422, /pcm.*no ffmpeg/],
    [
      'H.264 of 10 bits',
      ['-c:v', 'libx264', '-pix_fmt', 'yuv420p10le', ...SOUND, '-f', 'mp4'],
      422,
      /no ffmpeg/,
    ],
  ];
  for (const [what, output, status, reason] of refusals) {
    testWithFfmpeg(
      `${what} is refused with the reason, and leaves no file`,
      async () => {
        const clip = await suite.made((to) =>
          makeClip(to, { seconds: 1, width: 320, height: 180 }, ...output),
        );
        const before = await kept(suite, 'originals');
        const answer = await uploadForm(suite.uploader, clip);
        expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(reason)]);
        expect(answer.body.detail).toContain('Upload MP4 (H.264, AAC) or WebM.');
        expect(await kept(suite, 'originals')).toEqual(before);
        expect(await kept(suite, 'tmp')).toEqual([]);
      },
      TIMEOUT,
    );
  }

  async function picture(where: string): Promise<Buffer> {
    const answer = await fetch(suite.client.address + where);
    return Buffer.from(await answer.arrayBuffer());
  }

  async function imageSize(where: string): Promise<[number, number]> {
    const { width, height } = await sharp(await picture(where)).metadata();
    return [width, height];
  }
});
