import { afterEach, beforeEach, expect } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { testInChromium } from '../support/chromium.js';
import { makeH264Mp4, makeRotatedMov, makeVp9Webm } from '../support/media/index.js';
import { leftByJobs, processingOf, PUBLISHED, untilProcessed, videoOf } from '../support/processing.js';
import { type ProcessingServers, processingServers } from '../support/processing-servers.js';
import { begin, probe, putPart, putRest, until } from '../support/uploads.js';
import { newViewer } from '../support/watching.js';
import { isWhole, report } from './support/sizes.js';

const MIB = 1024 * 1024;
const LIMIT = isWhole ? 3600_000 : 900_000;
/** Whole: about 200 MB. */
const CLIP = isWhole
  ? { seconds: 100, width: 1280, height: 720, bitrate: 16_500_000 }
  : { seconds: 12, width: 640, height: 360, bitrate: 2_000_000 };
const LADDER: Record<string, string> = isWhole ? { VIDIVERSE_MEDIA_TRANSCODING_RESOLUTIONS: '360,720' } : {};
/** As the upload page sends. */
const CHUNK = isWhole ? 8 * MIB : MIB / 4;

let servers: ProcessingServers;
beforeEach(async () => {
  servers = await processingServers();
});
afterEach(() => servers.remove());

const kinds: Array<[string, (path: string) => Promise<void>]> = [
  ['an H.264 MP4 with its index at the end', (path) => makeH264Mp4(path, CLIP)],
  ['a VP9 WebM', (path) => makeVp9Webm(path, { ...CLIP, bitrate: CLIP.bitrate / 4 })],
  ['a rotated MOV of a phone', (path) => makeRotatedMov(path, CLIP)],
];
for (const [what, make] of kinds) {
  testInChromium(
    `${what} is published and played though the server was killed half way through upload and processing`,
    async () => {
      const { server, site } = await servers.start(LADDER);
      const file = await servers.made(make);
      const location = await begin(site.uploader, file.length, { filename: what });

      const part = putPart(site.uploader, location, file, 0, Math.floor(file.length / 2));
      const uploads = join(site.dataFolder, 'uploads');
      await until(async () => (await readdir(uploads)).length > 0, 'bytes on the disk');
      await pause(randomInt(200, 600));
      await server.kill();
      await part.closed;
      await server.start();
      const { arrived } = await probe(site.uploader, location, file.length);
      const { body } = await putRest(site.uploader, location, file, arrived, CHUNK);
      const { uuid, shortUUID } = body.video!;

      const begun = Date.now();
      const stages = async () => (await processingOf(site, uuid)).stages;
      const running = await until(
        async () => (await stages()).find(({ status, progress }) => status === 'running' && progress > 5),
        'processing is under way',
        LIMIT,
      );
      await server.kill();
      await server.start();
      const { state } = await untilProcessed(site, uuid);
      expect(state.id).toBe(PUBLISHED);
      expect(await leftByJobs(site)).toEqual([]);
      expect(await readdir(uploads)).toEqual([]);

      const { files, duration } = await videoOf(site, uuid);
      report([
        `${what}: ${(file.length / MIB).toFixed(0)} MiB, ${(arrived / MIB).toFixed(0)} MiB were kept by the first kill; the second`,
        `came at ${running!.progress} % of ${running!.name}; ${files.length} files after ${((Date.now() - begun) / 1000).toFixed(0)} s`,
      ]);
      expect(arrived).toBeGreaterThan(0);
      expect(duration).toBe(CLIP.seconds);
      const viewer = await newViewer(server.address, shortUUID);
      await viewer.play();
      const figures = await viewer.see('it plays', ({ currentTime }) => currentTime > 2, LIMIT);
      await viewer.page.evaluate((end) => (document.querySelector('video')!.currentTime = end), duration - 2);
      await viewer.see('it is played to its end', ({ ended }) => ended, LIMIT);
      await viewer.close();
      expect(figures.error).toBeNull();
    },
    LIMIT,
  );
}
