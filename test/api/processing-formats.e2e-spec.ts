import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import {
  difference,
  firstPicture,
  makeClip,
  makeH264Mp4,
  makeRotatedMov,
  makeVp9Webm,
  playThrough,
  probeFile,
  testWithFfmpeg,
} from '../support/media/index.js';
import {
  createProcessingSuite,
  pathOf,
  type ProcessedVideo,
  type ProcessingSuite,
  publish,
} from '../support/processing.js';

const TIMEOUT = 900_000;
/** Element id of a WebM's index (RFC 9559, 5.1.5). */
const CUES = Buffer.from('1c53bb6b', 'hex');

describe('files as recorders and phones write them come out', () => {
  let suite: ProcessingSuite;

  beforeAll(async () => {
    suite = await createProcessingSuite();
  });
  afterAll(() => suite.close());

  const path = (file: ProcessedVideo['files'][number]) => pathOf(suite, file);

  testWithFfmpeg(
    'a VP9 WebM as one, with the index that a recording lacks, and its renditions are MP4',
    async () => {
      // As a browser's recorder writes it: live, without length and index.
      const clip = await suite.made((to) =>
        makeClip(
          to,
          { seconds: 6, width: 480, height: 270 },
          ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '25'],
          ...['-c:a', 'libopus', '-live', '1', '-f', 'webm'],
        ),
      );
      expect(clip.includes(CUES)).toBe(false);
      const { files, duration } = await publish(suite, clip);
      expect(duration).toBe(6);
      expect(files.map(({ mediaType, height }) => [mediaType, height])).toEqual([
        ['video/webm', 270],
        ['video/mp4', 240],
        ['video/mp4', 144],
      ]);
      const webm = path(files[0]!);
      expect((await readFile(webm)).includes(CUES)).toBe(true);
      const { video, audio, duration: seconds, keyFrames } = await probeFile(webm);
      expect([video.codec_name, audio!.codec_name]).toEqual(['vp9', 'opus']);
      expect(Math.abs(seconds - 6)).toBeLessThan(0.1);
      expect(keyFrames.length).toBeGreaterThanOrEqual(6);
      for (const file of files) expect(await playThrough(path(file))).toBe('');
    },
    TIMEOUT,
  );

  for (const sound of ['copy', 'pcm_s16le']) {
    testWithFfmpeg(
      `a MOV of a phone held upright as upright (${sound === 'copy' ? 'AAC' : 'PCM'} sound)`,
      async () => {
        const clip = await suite.made((to) => makeRotatedMov(to, { width: 640, height: 360, sound }));
        const { files, aspectRatio } = await publish(suite, clip);
        expect(files.map(({ width, height, resolution }) => [width, height, resolution.id])).toEqual([
          [360, 640, 360],
          [240, 426, 240],
          [144, 256, 144],
        ]);
        expect(aspectRatio).toBe(0.5625);
        const source = await firstPicture(suite.clipPath);
        for (const file of files) {
          expect(difference(await firstPicture(path(file)), source)).toBeLessThan(10);
          const { video, audio } = await probeFile(path(file));
          expect([video.width, video.height]).toEqual([file.width, file.height]);
          expect(video.side_data_list ?? []).toEqual([]);
          expect(audio!.codec_name).toBe('aac');
          expect(await playThrough(path(file))).toBe('');
        }
      },
      TIMEOUT,
    );
  }

  testWithFfmpeg(
    'without a word of where, when, by whom and with what they were made',
    async () => {
      const SECRET = 'nobody-shall-know';
      const metadata = {
        location: '+48.2082+016.3738/',
        'com.apple.quicktime.location.ISO6709': '+48.2082+016.3738/',
        title: SECRET,
        artist: SECRET,
        comment: SECRET,
        make: SECRET,
        handler_name: SECRET,
        creation_time: '2001-02-03T04:05:06Z',
      };
      const clips = [
        await suite.made((to) => makeH264Mp4(to, { metadata })),
        await suite.made((to) => makeVp9Webm(to, { metadata })),
        await suite.made((to) => makeRotatedMov(to, { metadata })),
      ];
      for (const clip of clips) {
        expect(clip.includes(SECRET)).toBe(true);
        const { files } = await publish(suite, clip);
        for (const file of files) {
          const bytes = await readFile(path(file));
          for (const word of [SECRET, '48.2082', '2001-02-03']) expect(bytes.includes(word)).toBe(false);
          const { tags } = await probeFile(path(file));
          expect(Object.keys(tags)).not.toContain('creation_time');
        }
      }
    },
    TIMEOUT,
  );
});
