import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { askForCopy, cachedCopy, copiesListed, copyOf, follow, startCache } from './support/caches.mjs';
import { publish, startInstance } from './support/instances.mjs';
import { temporaryFolder } from './support/server.mjs';
import { CHROMIUM, watchInTurn } from './support/viewers.mjs';

// Who carries a video: the origin, caches that have all of it, or other viewers. The viewers are pages of Chromium that come
// one after another, so that about five watch at once, and leave at the end. Servers count what they sent, pages what peers sent.
const CACHES = [0, 1, 3];
const VIEWERS = 10;
const SECONDS = 60;
const EVERY_MS = 12_000;
/** Bits per second. */
const RATE = '2M';
const MB = 1e6;
/** A cache writes down each second what it served. */
const NOTED_MS = 3000;

const missing = [CHROMIUM, '/usr/bin/ffmpeg'].filter((path) => !existsSync(path));
if (missing.length > 0) {
  console.log(`skipped: ${missing.join(' and ')} not found`);
  process.exit(0);
}

/** A constant bit rate, and a small picture, since every viewer decodes it. */
function makeClip() {
  const folder = temporaryFolder();
  const path = join(folder, 'clip.mp4');
  execFileSync('ffmpeg', [
    ...['-y', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25,noise=alls=40:allf=t'],
    ...['-t', SECONDS, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', RATE],
    ...['-minrate', RATE, '-maxrate', RATE, '-bufsize', RATE, '-x264-params', 'nal-hrd=cbr'],
    ...['-g', '50', '-movflags', '+faststart', path],
  ]);
  const content = readFileSync(path);
  rmSync(folder, { recursive: true, force: true });
  return content;
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const origin = await startInstance();
const caches = [];
try {
  while (caches.length < Math.max(...CACHES)) caches.push(await startCache());
  for (const cache of caches) await follow(cache, origin);
  const video = await publish(origin, 'A clip', makeClip());
  let copies = 0;
  for (const count of CACHES) {
    for (; copies < count; copies += 1) {
      await askForCopy(caches[copies], video);
      await cachedCopy(caches[copies], video);
      await copiesListed(origin, video, copies + 1);
    }
    await measure(video, count);
  }
} finally {
  await Promise.all([...caches, origin].map((instance) => instance.stop()));
}

async function measure(video, count) {
  const before = await sent(video, count);
  const figures = await watchInTurn(`${origin.base}/w/${video.shortUUID}`, {
    viewers: VIEWERS,
    everyMs: EVERY_MS,
    seconds: SECONDS,
  });
  const after = await sent(video, count);
  const byOrigin = after.origin - before.origin;
  const byCaches = after.caches - before.caches;
  const byPeers = sum(figures.map(({ peers }) => peers));
  const all = byOrigin + byCaches + byPeers;
  const plain = figures.filter(({ delivery }) => delivery === 'http').length;
  console.log(
    `${count} ${count === 1 ? 'cache' : 'caches'}, ${VIEWERS} viewers of ${(video.files[0].size / MB).toFixed(1)} MB: ` +
      `origin ${(byOrigin / MB).toFixed(1)} MB, caches ${(byCaches / MB).toFixed(1)} MB, ` +
      `peers ${(byPeers / MB).toFixed(1)} MB; the origin's share ${((byOrigin / all) * 100).toFixed(0)} %` +
      (plain > 0 ? `; ${plain} viewers were served over plain HTTP` : ''),
  );
}

/** Bytes of the file that the origin and the first so many caches have served so far. */
async function sent(video, count) {
  await pause(NOTED_MS);
  const { files } = await origin.call('GET', `videos/${video.uuid}/swarm`);
  const copies = await Promise.all(caches.slice(0, count).map((cache) => copyOf(cache, video)));
  return { origin: files[0].webSeedBytes, caches: sum(copies.map(({ servedBytes }) => servedBytes)) };
}
