import { afterAll, beforeAll, expect } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { testInChromium } from '../support/chromium.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { listMirror, stalling, unlistMirror } from '../support/listed-mirror.js';
import { Mirror, type Original, originalOf, serving } from '../support/mirror.js';
import { newViewer, publishClip, type Viewer } from '../support/watching.js';
import { isWhole, report } from './support/sizes.js';

const SECONDS = isWhole ? 60 : 20;
/** Milliseconds that playback may stand still; shorter runs share their machine with others and only print it. */
const LONGEST_STALL = 3000;
const DRIP_MS = 100;

let instances: Instances;
let origin: FederatedInstance;
let original: Original & { uuid: string };
let clip: string;

beforeAll(async () => {
  instances = await createInstances(1);
  origin = instances.all[0]!;
  clip = await publishClip(origin, SECONDS);
  original = await originalOf(origin, clip);
});
afterAll(() => instances.close());

const dripping =
  (bytes: Buffer): RequestListener =>
  (request, response) => {
    stalling(bytes, 1)(request, response);
    const drip = setInterval(() => response.write('?'), DRIP_MS);
    response.on('close', () => clearInterval(drip));
  };

const MIRRORS: Array<[string, (bytes: Buffer) => RequestListener]> = [
  ['lies', (bytes) => serving(Buffer.alloc(bytes.length, 7))],
  ['stalls after 1 kB', (bytes) => stalling(bytes)],
  ['drips', dripping],
  ['answers 404', () => (_request, response) => void response.writeHead(404).end()],
  [
    'redirects to a third host',
    () => (_request, response) => void response.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
  ],
];

/** Milliseconds that the picture stood still at the longest, from its first to the end of the video. Runs in the page. */
function longestStall(): Promise<number> {
  const element = document.querySelector('video')!;
  return new Promise((resolve) => {
    let [position, since, longest] = [element.currentTime, performance.now(), 0];
    const look = setInterval(() => {
      const now = performance.now();
      if (element.currentTime !== position) [position, since] = [element.currentTime, now];
      longest = Math.max(longest, now - since);
      if (!element.ended) return;
      clearInterval(look);
      resolve(longest);
    }, 50);
  });
}

async function watchToTheEnd(viewer: Viewer): Promise<number> {
  await viewer.play();
  await viewer.see('it plays', ({ currentTime }) => currentTime > 0);
  return viewer.page.evaluate(longestStall);
}

for (const [what, treating] of MIRRORS) {
  testInChromium(`a listed mirror that ${what} does not keep viewers waiting`, async () => {
    const mirror = await Mirror.open();
    const host = await listMirror(origin, mirror, original, treating(original.bytes));
    const viewer = await newViewer(origin.address, clip);
    const stall = await watchToTheEnd(viewer);
    const { error, transfer } = await viewer.figures();
    report([
      `a mirror that ${what}: the picture stood still for ${stall.toFixed(0)} ms at the longest in ${SECONDS} s; ` +
        `${transfer.seeds[host] ?? 0} bytes came from it, ${mirror.peer.asked.length} requests in all`,
    ]);
    expect(error).toBeNull();
    if (isWhole) expect(stall).toBeLessThanOrEqual(LONGEST_STALL);
    await viewer.close();
    await unlistMirror(origin, mirror, original);
  });
}
