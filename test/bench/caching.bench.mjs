import { execFileSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { longerClip } from '../../scripts/demo/longer-clip.mjs';
import {
  askForCopy,
  cachedCopy,
  copiesListed,
  copyOf,
  follow,
  removeCopy,
  startCache,
} from './support/caches.mjs';
import { publish, startInstance } from './support/instances.mjs';
import { cpuSeconds, isInstalled } from './support/processes.mjs';
import { median } from './support/server.mjs';

// Bytes per second at which a cache takes a file from its origin, every piece hashed and all of it synced to the disk, against
// `curl -o` of the same file to the same disk, without and with that sync. In turn.
const CLIP = 'apps/api/assets/sample/clip.mp4';
/** 18 s and 0.8 MB each: about 200 MB. */
const TIMES = 245;
const ROUNDS = 7;
const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** Between looks for the start of the fetch, which the API has no time of. */
const LOOK_MS = 2;

if (!isInstalled('curl')) {
  console.log('skipped: curl is not installed');
  process.exit();
}
const origin = await startInstance();
let cache;
const rates = { cache: [], curl: [], synced: [] };
const costs = [];
try {
  cache = await startCache();
  await follow(cache, origin);
  const video = await publish(origin, 'A long evening', await longerClip(CLIP, TIMES));
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who goes first changes, so that neither has the warmer machine.
    const turns = [() => measureCache(video), () => measureCurl(video)];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  console.log(
    `a file of ${(video.files[0].size / MIB).toFixed(0)} MiB, ${ROUNDS} rounds, medians: ` +
      `cached at ${speed('cache')} MiB/s, ${median(costs).toFixed(2)} CPU-seconds per GiB at the cache`,
  );
  line('curl -o', 'curl');
  line('curl -o and fdatasync', 'synced');
} finally {
  await Promise.all([cache?.stop(), origin.stop()]);
}

/** From the state `fetching` to `cached`. What follows is waited for: the origin checks the copy. */
async function measureCache(video) {
  const { size } = video.files[0];
  const before = cpuSeconds(cache.pid);
  await askForCopy(cache, video);
  while ((await copyOf(cache, video)).state === 'wanted') await pause(LOOK_MS);
  const begun = Date.now();
  const { cachedAt } = await cachedCopy(cache, video);
  rates.cache.push(size / ((Date.parse(cachedAt) - begun) / 1000));
  costs.push((cpuSeconds(cache.pid) - before) / (size / GIB));
  await copiesListed(origin, video, 1);
  await removeCopy(origin, cache, video);
}

async function measureCurl({ files: [{ fileUrl, size }] }) {
  const path = join(cache.data, 'by-curl.mp4');
  const seconds = Number(execFileSync('curl', ['-sf', '-o', path, '-w', '%{time_total}', fileUrl]));
  const begun = performance.now();
  const file = await open(path);
  await file.datasync();
  const syncing = (performance.now() - begun) / 1000;
  await file.close();
  await rm(path);
  rates.curl.push(size / seconds);
  rates.synced.push(size / (seconds + syncing));
}

function speed(kind) {
  return (median(rates[kind]) / MIB).toFixed(0);
}

function line(what, kind) {
  const ratios = rates.cache.map((rate, round) => rate / rates[kind][round]);
  console.log(
    `  ${what}: ${speed(kind)} MiB/s; median ratio ${median(ratios).toFixed(2)} ` +
      `[${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}]`,
  );
}
