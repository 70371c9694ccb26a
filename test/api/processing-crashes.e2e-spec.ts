import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeClip, makeH264Mp4, playThrough, probeFile, testWithFfmpeg } from '../support/media/index.js';
import { processesWith } from '../support/processes.js';
import {
  isOver,
  kept,
  leftByJobs,
  pathOf,
  type Processing,
  processingOf,
  type ProcessingSite,
  PUBLISHED,
  untilProcessed,
  upload,
  videoOf,
} from '../support/processing.js';
import { type ProcessingServers, processingServers } from '../support/processing-servers.js';
import type { ServerProcess } from '../support/server-process.js';
import { begin, probe, putPart, putRest, until } from '../support/uploads.js';

const TIMEOUT = 900_000;
const SECONDS = 8;

describe('a server that is killed', () => {
  let servers: ProcessingServers;
  beforeEach(async () => {
    servers = await processingServers();
  });
  afterEach(() => servers.remove());

  let clip: Buffer;
  /** Encoded anew in its first stage: that one lasts long enough to be hit. */
  const makeSlow = (path: string) =>
    makeClip(
      path,
      { seconds: SECONDS, width: 854, height: 480 },
      ...['-c:v', 'mpeg4', '-q:v', '3', '-c:a', 'aac', '-f', 'mov'],
    );

  const isRunning = (name: string) => (processing: Processing) =>
    processing.stages.some((stage) => stage.name === name && stage.status === 'running');

  /** Kills it a random while after `reached`, and waits for its tools to be gone as well. What is over before that is let be. */
  async function killIn(
    { server, site }: { server: ServerProcess; site: ProcessingSite },
    id: string,
    reached: (processing: Processing) => boolean,
  ): Promise<void> {
    const seen = await until(async () => {
      const processing = await processingOf(site, id);
      return reached(processing) || isOver(processing) ? processing : null;
    }, 'the stage to kill it in');
    if (!reached(seen)) return;
    await pause(randomInt(0, 900));
    await server.kill();
    await until(async () => (await processesWith(site.dataFolder)).length === 0, 'no ffmpeg outlives it');
    await server.start();
  }

  /** Published, whole, once, and nothing beside it. */
  async function expectWhole(site: ProcessingSite, ids: string[]): Promise<void> {
    const named = {
      files: [] as string[],
      torrents: [] as string[],
      thumbnails: [] as string[],
      previews: [] as string[],
    };
    for (const id of ids) {
      const { state, stages } = await untilProcessed(site, id);
      expect(state.id).toBe(PUBLISHED);
      expect(stages.filter(({ status }) => status !== 'done' && status !== 'skipped')).toEqual([]);
      const video = await videoOf(site, id);
      expect(video.files.map(({ height }) => height)).toEqual([480, 240, 144]);
      named.thumbnails.push(basename(video.thumbnailPath));
      named.previews.push(basename(video.previewPath));
      for (const file of video.files) {
        const path = pathOf(site, file);
        expect((await stat(path)).size).toBe(file.size);
        expect(await playThrough(path)).toBe('');
        expect(Math.abs((await probeFile(path)).duration - SECONDS)).toBeLessThan(0.1);
        expect(file.infoHash).toMatch(/^[0-9a-f]{40}$/);
        named.files.push(basename(path));
        named.torrents.push(basename(path).replace(/\.\w+$/, '.torrent'));
      }
    }
    const areas = {
      'web-videos': named.files,
      torrents: named.torrents,
      thumbnails: named.thumbnails,
      previews: named.previews,
    };
    for (const [area, names] of Object.entries(areas))
      expect((await kept(site, area)).sort()).toEqual(names.sort());
    await until(async () => (await kept(site, 'originals')).length === 0, 'the originals are given up');
    expect(await leftByJobs(site)).toEqual([]);
    expect(await readdir(join(site.dataFolder, 'uploads'))).toEqual([]);
    const { total } = await site.client.call<{ total: number }>('GET', '/api/v1/users/me/videos');
    expect(total).toBe(ids.length);
  }

  const moments: Array<[string, (processing: Processing) => boolean, number, boolean]> = [
    ['while it makes the first file', isRunning('fast-start'), 4, false],
    ['while it makes a rendition', isRunning('rendition'), 3, false],
    ['while it makes a rendition that publication waits for', isRunning('rendition'), 2, true],
  ];
  for (const [when, reached, times, waitTranscoding] of moments) {
    testWithFfmpeg(
      `${when} publishes the video with every rendition, once`,
      async () => {
        const running = await servers.start();
        clip ??= await servers.made(makeSlow);
        const ids: string[] = [];
        for (let time = 0; time < times; time++) {
          const id = await upload(running.site, clip, { waitTranscoding });
          ids.push(id);
          await killIn(running, id, reached);
          await untilProcessed(running.site, id);
        }
        await expectWhole(running.site, ids);
      },
      TIMEOUT,
    );
  }

  testWithFfmpeg(
    'while the file arrives and again while it is processed publishes it all the same',
    async () => {
      const { server, site } = await servers.start();
      const file = await servers.made((path) =>
        makeH264Mp4(path, { seconds: SECONDS, width: 854, height: 480, bitrate: 8_000_000 }),
      );
      const location = await begin(site.uploader, file.length);
      const half = Math.floor(file.length / 2);
      const part = putPart(site.uploader, location, file, 0, randomInt(1, half));
      await until(
        async () => (await readdir(join(site.dataFolder, 'uploads'))).length > 0,
        'bytes on the disk',
      );
      await pause(randomInt(0, 100));
      await server.kill();
      await part.closed;
      await server.start();
      const { arrived } = await probe(site.uploader, location, file.length);
      const { body } = await putRest(site.uploader, location, file, arrived, 1024 * 1024);
      // Whatever it is at by then: what fast-start does with this file is over in no time.
      await killIn({ server, site }, body.video!.uuid, () => true);
      await expectWhole(site, [body.video!.uuid]);
    },
    TIMEOUT,
  );
});
