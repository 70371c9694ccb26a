import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { basename, join } from 'node:path';
import type { Page } from '../support/client.js';
import { cut, mutated, zeroed } from '../support/media/damage.js';
import {
  makeClip,
  makeH264Mp4,
  makeMp4,
  makeRotatedMov,
  makeVp9Webm,
  reachingFiles,
  testWithFfmpeg,
} from '../support/media/index.js';
import { processesWith } from '../support/processes.js';
import {
  createProcessingSuite,
  kept,
  pathOf,
  type ProcessingSuite,
  publish,
  PUBLISHED,
  untilProcessed,
  videoOf,
} from '../support/processing.js';
import { storedFiles, uploadForm } from '../support/uploads.js';

const TIMEOUT = 900_000;
/** Of each kind of file. More of them are a matter of patience: `VIDIVERSE_TEST_DAMAGED=40`. */
const VARIANTS = Number(process.env.VIDIVERSE_TEST_DAMAGED ?? 2);
/** Files under way at once. */
const BATCH = 20;
const SECRET = 'a file that only the server may read';

describe('a hostile file', () => {
  let suite: ProcessingSuite;
  let canary: Server;
  let connections = 0;

  beforeAll(async () => {
    suite = await createProcessingSuite({
      VIDIVERSE_MEDIA_LIMITS_MINIMUM_SECONDS: '20',
      VIDIVERSE_MEDIA_LIMITS_SECONDS_PER_MEDIA_SECOND: '1',
    });
    canary = createServer((socket) => {
      connections += 1;
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${SECRET.length}\r\n\r\n${SECRET}`);
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    await writeFile(join(suite.dataFolder, 'secret'), SECRET);
  });
  afterAll(async () => {
    await suite.close();
    canary.close();
  });

  /** It ends: refused with a problem and no trace, failed with a reason, or published whole. Answers the outcome. */
  async function outcomeOf(file: Buffer, filename = 'clip.mp4'): Promise<string> {
    const { status, headers, body } = await uploadForm(suite.uploader, file, { filename });
    if (!body.video) {
      expect([415, 422]).toContain(status);
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(body.detail).toBeTruthy();
      return 'refused';
    }
    const { uuid } = body.video;
    const { state, stages } = await untilProcessed(suite, uuid);
    if (state.id !== PUBLISHED) {
      expect(stages.some(({ status: end, message }) => end === 'failed' && message)).toBe(true);
      return 'failed';
    }
    const { files } = await videoOf(suite, uuid);
    expect(files.length).toBeGreaterThan(0);
    return 'published';
  }

  /** Every stored file is some video's, no tool is left, and nobody reached out. */
  async function expectNoTrace(): Promise<void> {
    expect(connections).toBe(0);
    expect(await kept(suite, 'tmp')).toEqual([]);
    expect(await processesWith(suite.dataFolder)).toEqual([]);
    for (const path of await storedFiles(suite.dataFolder))
      if (!path.includes('/originals/')) expect((await readFile(path)).includes(SECRET)).toBe(false);
    const data = await allVideos();
    const videos = await Promise.all(data.map(({ uuid }) => videoOf(suite, uuid)));
    const named = videos.flatMap(({ files }) => files.map((file) => basename(pathOf(suite, file))));
    expect((await kept(suite, 'web-videos')).sort()).toEqual(named.sort());
  }

  async function allVideos(): Promise<Array<{ uuid: string }>> {
    const all: Array<{ uuid: string }> = [];
    for (;;) {
      const query = { start: all.length, count: 100 };
      const page = await suite.client.call<Page<{ uuid: string }>>('GET', '/api/v1/users/me/videos', {
        query,
      });
      all.push(...page.data);
      if (all.length >= page.total) return all;
    }
  }

  const kinds = reachingFiles('').map(({ what }) => what);
  for (const [place, url] of [
    ['another host', () => `http://127.0.0.1:${(canary.address() as AddressInfo).port}/secret`],
    ['a file of the server', () => `file://${join(suite.dataFolder, 'secret')}`],
    ['a file of the server by its path', () => join(suite.dataFolder, 'secret')],
  ] as const) {
    test.each(kinds)(`%s that names ${place} is refused, and nothing is fetched`, async (kind) => {
      const before = await storedFiles(suite.dataFolder);
      const { content, filename } = reachingFiles(url()).find(({ what }) => what === kind)!;
      expect(await outcomeOf(content, filename)).toBe('refused');
      expect(await storedFiles(suite.dataFolder)).toEqual(before);
      expect(connections).toBe(0);
    });
  }

  test('an MP4 that is cut short is refused with that reason, wherever its index stands', async () => {
    for (const fastStart of [true, false]) {
      for (const part of [0.3, 0.9, 0.999]) {
        const { status, body } = await uploadForm(suite.uploader, cut(makeMp4({ fastStart }), part));
        expect([status, body.code]).toEqual([422, 'unreadable_media']);
        expect(body.detail).toMatch(/cut short/);
      }
    }
    await expectNoTrace();
  });

  testWithFfmpeg(
    'what is hidden behind the end of a video does not reach the files that are served',
    async () => {
      const hidden = Buffer.from(`PK\x03\x04${SECRET}<script>alert(1)</script>`, 'latin1');
      for (const make of [makeH264Mp4, makeVp9Webm]) {
        const clip = await suite.made((to) => make(to));
        const { files } = await publish(suite, Buffer.concat([clip, hidden]));
        expect(files).toHaveLength(3);
      }
      await expectNoTrace();
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'a stream that is larger than its container says is not decoded beyond the limits',
    async () => {
      const file = makeMp4({ claims: { streamSize: { columns: 1000, rows: 1000 } } });
      expect(['refused', 'failed']).toContain(await outcomeOf(file));
      await expectNoTrace();
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'more sound tracks, subtitles, chapters and attachments than one needs stay out',
    async () => {
      const words = join(suite.clipPath, '..', 'words.srt');
      await writeFile(words, `1\n00:00:00,000 --> 00:00:01,000\n${SECRET}\n`);
      const clip = await suite.made((to) =>
        makeClip(
          to,
          {},
          ...['-i', words, '-map', '0:v', '-map', '1:a', '-map', '1:a', '-map', '2:s', '-c:v', 'libx264'],
          ...['-c:a', 'aac', '-c:s', 'srt', '-attach', words, '-metadata:s:t', 'mimetype=text/plain'],
          ...['-f', 'matroska'],
        ),
      );
      expect(clip.includes(SECRET)).toBe(true);
      const { files } = await publish(suite, clip, { filename: 'clip.mkv' });
      expect(files).toHaveLength(3);
      await expectNoTrace();
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'damaged videos of every kind end published, failed with a reason, or refused; the server goes on',
    async () => {
      const clips = [
        await suite.made((to) => makeH264Mp4(to, { seconds: 1, width: 320, height: 240 })),
        await suite.made((to) => makeVp9Webm(to, { seconds: 1, width: 320, height: 240 })),
        await suite.made((to) => makeRotatedMov(to, { seconds: 1, width: 320, height: 240 })),
        await suite.made((to) => makeClip(to, { seconds: 1 }, '-c:v', 'mpeg4', '-c:a', 'mp3', '-f', 'avi')),
        await suite.made((to) => makeClip(to, { seconds: 1 }, '-c:v', 'mpeg2video', '-f', 'mpegts')),
      ];
      const damaged = clips.flatMap((clip) => [
        cut(clip, 0.5),
        zeroed(clip, 0.3, 0.6),
        ...Array.from({ length: VARIANTS }, (_, seed) => mutated(clip, seed)),
      ]);
      const outcomes: string[] = [];
      while (damaged.length > 0)
        outcomes.push(...(await Promise.all(damaged.splice(0, BATCH).map((file) => outcomeOf(file)))));
      expect(new Set(outcomes).size).toBeGreaterThan(1);
      await expectNoTrace();
      expect(await outcomeOf(clips[0]!)).toBe('published');
    },
    TIMEOUT * VARIANTS,
  );
});
