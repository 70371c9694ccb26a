import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { makeClip, makeH264Mp4, playThrough, probeFile, testWithFfmpeg } from '../support/media/index.js';
import {
  createProcessingSuite,
  kept,
  pathOf,
  type ProcessedVideo,
  type Processing,
  type ProcessingSuite,
  processingOf,
  publish,
  PUBLISHED,
  TO_TRANSCODE,
  untilProcessed,
  upload,
  videoOf,
} from '../support/processing.js';
import { processesWith } from '../support/processes.js';
import { fetchTorrent, pieceHashes } from '../support/torrents.js';
import { storedFiles, until } from '../support/uploads.js';

const FPS = 25;
const FRAME = 1 / FPS;
const TIMEOUT = 900_000;

describe('processing with ffmpeg', () => {
  let suite: ProcessingSuite;

  beforeAll(async () => {
    suite = await createProcessingSuite();
  });
  afterAll(() => suite.close());

  const sizes = ({ files }: ProcessedVideo) => files.map(({ width, height }) => [width, height]);
  const path = (file: ProcessedVideo['files'][number]) => pathOf(suite, file);

  /** The index comes before the media. */
  async function isFastStart(name: string): Promise<boolean> {
    const bytes = await readFile(name);
    return bytes.indexOf('moov') > 0 && bytes.indexOf('moov') < bytes.indexOf('mdat');
  }

  testWithFfmpeg(
    'an H.264 MP4 that is not fast-start comes out so, with its ladder, all of it playable from end to end',
    async () => {
      const clip = await suite.made((to) => makeH264Mp4(to, { seconds: 5, width: 854, height: 480 }));
      const video = await publish(suite, clip);
      expect(sizes(video)).toEqual([
        [854, 480],
        [428, 240],
        [256, 144],
      ]);
      expect(video).toMatchObject({ duration: 5, aspectRatio: 1.7792 });
      for (const file of video.files) {
        expect(file).toMatchObject({ mediaType: 'video/mp4', fps: FPS, hasAudio: true });
        expect(await isFastStart(path(file))).toBe(true);
        expect(await playThrough(path(file))).toBe('');
        const { video: picture, audio } = await probeFile(path(file));
        expect([picture.codec_name, picture.width, picture.height]).toEqual([
          'h264',
          file.width,
          file.height,
        ]);
        expect(audio!.codec_name).toBe('aac');
      }
      expect(await kept(suite, 'originals')).toEqual([]);
      expect(await kept(suite, 'tmp')).toEqual([]);
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'renditions share their timeline and the times of their key frames',
    async () => {
      // Not of whole seconds, and at first without sound: what shifts a timeline.
      const clip = await suite.made((to) =>
        makeClip(
          to,
          { seconds: 7.3, width: 854, height: 480, fps: FPS },
          ...['-filter:a', 'adelay=700', '-c:v', 'mpeg4', '-g', '40', '-c:a', 'aac', '-f', 'mov'],
        ),
      );
      const { files } = await publish(suite, clip);
      const probed = await Promise.all(files.map((file) => probeFile(path(file))));
      const [first, ...others] = probed;
      expect(others).toHaveLength(2);
      expect(first!.keyFrames.map((at) => Math.round(at / FRAME))).toEqual([0, 50, 100, 150]);
      for (const other of others) {
        expect(Math.abs(other.duration - first!.duration)).toBeLessThan(FRAME);
        expect(Number(other.video.start_time)).toBe(Number(first!.video.start_time));
        expect(other.keyFrames).toEqual(first!.keyFrames);
      }
      expect(Math.abs(first!.duration - 7.3 - 0.7)).toBeLessThan(1);
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'each file has a torrent by the file’s name, of the bytes that are served',
    async () => {
      const { files } = await publish(suite, await suite.made((to) => makeH264Mp4(to)));
      expect(files).toHaveLength(3);
      for (const file of files) {
        const torrent = await fetchTorrent(file.torrentDownloadUrl);
        const bytes = await readFile(path(file));
        expect(torrent).toMatchObject({
          name: file.fileUrl.split('/').at(-1),
          infoHash: file.infoHash,
          length: bytes.length,
        });
        expect(torrent.pieces).toEqual(pieceHashes(bytes, torrent.pieceLength));
        expect(torrent.urlList).toEqual([file.fileUrl]);
        const served = Buffer.from(await (await fetch(file.fileUrl)).arrayBuffer());
        expect(served.equals(bytes)).toBe(true);
      }
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'thumbnail and preview are pictures of the video in their sizes',
    async () => {
      const clip = await suite.made((to) =>
        makeClip(
          to,
          { width: 640, height: 360 },
          '-vf',
          'drawbox=c=red:t=fill',
          '-c:v',
          'libx264',
          '-f',
          'mp4',
        ),
      );
      const { thumbnailPath, previewPath } = await publish(suite, clip);
      for (const [where, width, height] of [
        [thumbnailPath, 280, 157],
        [previewPath, 850, 480],
      ] as const) {
        const answer = await fetch(suite.client.address + where);
        const image = sharp(Buffer.from(await answer.arrayBuffer()));
        expect(await image.metadata()).toMatchObject({ format: 'jpeg', width, height });
        const [red, green, blue] = (await image.stats()).channels.map(({ mean }) => mean);
        expect([red! > 200, green! < 60, blue! < 60]).toEqual([true, true, true]);
      }
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'its owner sees every stage begin, go on and end; others see nothing',
    async () => {
      const clip = await suite.made((to) =>
        makeClip(to, { seconds: 30, width: 854, height: 480 }, '-c:v', 'mpeg4', '-q:v', '5', '-f', 'mov'),
      );
      const id = await upload(suite, clip);
      const percentages = new Set<number>();
      const note = ({ stages }: Processing) => stages.forEach(({ progress }) => percentages.add(progress));
      const { stages } = await untilProcessed(suite, id, note);
      expect(stages.map(({ label, status, progress }) => [label, status, progress])).toEqual([
        ['Checking the file', 'done', 100],
        ['Making a thumbnail', 'done', 100],
        ['Preparing for streaming', 'done', 100],
        ['Making torrents', 'done', 100],
        ['Publishing', 'done', 100],
        ['Smaller version (240p)', 'done', 100],
        ['Smaller version (144p)', 'done', 100],
      ]);
      expect([...percentages].some((percent) => percent > 0 && percent < 100)).toBe(true);
      await expect(processingOf({ ...suite, client: suite.client.visitor() }, id)).rejects.toThrow('401');
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'a video that waits for its renditions is published with all of them, another one before them',
    async () => {
      const clip = await suite.made((to) => makeH264Mp4(to, { seconds: 10, width: 854, height: 480 }));
      const firstSeen = async (waitTranscoding: boolean) => {
        const id = await upload(suite, clip, { waitTranscoding });
        let made = -1;
        let before: number | undefined;
        await untilProcessed(suite, id, ({ state, stages }) => {
          const renditions = stages.filter(({ name, status }) => name === 'rendition' && status === 'done');
          if (state.id === TO_TRANSCODE) before = renditions.length;
          if (state.id === PUBLISHED && made < 0) made = renditions.length;
        });
        return { made, before, files: (await videoOf(suite, id)).files.length };
      };
      expect(await firstSeen(true)).toMatchObject({ made: 2, files: 3 });
      expect(await firstSeen(false)).toMatchObject({ before: 0, files: 3 });
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'a stage that a crash left open ends when its job runs again, though all was made meanwhile',
    async () => {
      const { id, uuid, files } = await publish(suite, await suite.made((to) => makeH264Mp4(to)));
      const database = suite.instance.nest.get(DataSource);
      await database
        .getRepository('processing_stages')
        .update({ videoId: id, name: 'publish' }, { status: 'running' });
      const jobs = database.getRepository('jobs');
      const [last] = await jobs.find({ where: { kind: 'media.process' }, order: { id: 'DESC' }, take: 1 });
      await jobs.update({ id: last!.id }, { state: 'waiting', finishedAt: null });
      const { stages } = await untilProcessed(suite, uuid);
      expect(stages.map(({ status }) => status)).toEqual(stages.map(() => 'done'));
      expect((await videoOf(suite, uuid)).files).toEqual(files);
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'a video that is deleted meanwhile is not worked on any more, and leaves no file',
    async () => {
      const before = await storedFiles(suite.dataFolder);
      const clip = await suite.made((to) =>
        makeClip(to, { seconds: 60, width: 854, height: 480 }, '-c:v', 'mpeg4', '-q:v', '5', '-f', 'mov'),
      );
      for (const stage of ['fast-start', 'rendition']) {
        const id = await upload(suite, clip);
        const isRunning = async () =>
          (await processingOf(suite, id)).stages.some(
            ({ name, status, progress }) => name === stage && status === 'running' && progress > 0,
          );
        await until(isRunning, `${stage} has begun`, TIMEOUT);
        await suite.client.call('DELETE', `/api/v1/videos/${id}`);
        await until(
          async () => (await processesWith(suite.dataFolder)).length === 0,
          'ffmpeg is stopped',
          5000,
        );
        const rest = async () => (await storedFiles(suite.dataFolder)).length === before.length;
        await until(rest, 'its files are gone');
      }
    },
    TIMEOUT,
  );
});
