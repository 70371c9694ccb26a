import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { testInChromium } from '../support/chromium.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { Mirror, type Original, originalOf, serving } from '../support/mirror.js';
import { outcomesAt } from '../support/outcomes.js';
import { until } from '../support/uploads.js';
import { newViewer, publishClip, type Viewer } from '../support/watching.js';

const SECONDS = 40;
let instances: Instances;
let origin: FederatedInstance;
let clip: string;
let original: Original;
let mirror: Mirror;
let viewer: Viewer | undefined;

beforeAll(async () => {
  instances = await createInstances(1);
  origin = instances.all[0]!;
  clip = await publishClip(origin, SECONDS);
  original = await originalOf(origin, clip);
});
beforeEach(async () => {
  mirror = await Mirror.open();
});
afterEach(async () => {
  await viewer?.close();
  viewer = undefined;
  const undone = mirror.undo(mirror.cacheFile('copy', original));
  await outcomesAt(origin, mirror.peer)(undone, { signed: true });
  await mirror.peer.close();
});
afterAll(async () => instances.close());

/** As the listener does, to a page of another site. */
const toPages =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    listener(request, response);
  };

/** Lists a mirror that is good to whoever checks it, and treats browsers in its own way. */
async function listMirror(toBrowsers: RequestListener): Promise<string> {
  const honest = serving(original.bytes);
  mirror.serve('copy', (request, response) => {
    const isCheck = request.headers['user-agent']?.startsWith('Vidiverse/');
    (isCheck ? honest : toPages(toBrowsers))(request, response);
  });
  const object = mirror.cacheFile('copy', original);
  await outcomesAt(origin, mirror.peer)(mirror.create(object), { signed: true });
  const listed = async () => {
    const [file] = (await origin.administrator.video(clip)).files as unknown as Array<{ webSeeds: string[] }>;
    return file!.webSeeds.includes(mirror.href('copy'));
  };
  await until(listed, 'the mirror is listed');
  return new URL(mirror.peer.address).host;
}

/** Plays, and answers what the page told of a seed. */
async function watchUntilReport(): Promise<{ url: string; fault: string }> {
  let told: { url: string; fault: string } | undefined;
  viewer = await newViewer(origin.address, clip, {
    setUp: async ({ page }) =>
      void page.on('request', (request) => {
        if (request.url().endsWith('/seed-reports')) told = request.postDataJSON() as typeof told;
      }),
  });
  await viewer.play();
  return until(() => Promise.resolve(told), 'the page tells of the seed', 280_000);
}

describe('while a video is played', () => {
  testInChromium('a good mirror carries a part of it', async () => {
    const host = await listMirror(serving(original.bytes));
    viewer = await newViewer(origin.address, clip);
    await viewer.play();
    await viewer.see('both have sent something', ({ transfer }) => (transfer.seeds[host] ?? 0) > 0, 280_000);
    const { error } = await viewer.see('it plays', ({ currentTime }) => currentTime > 3, 280_000);
    expect(error).toBeNull();
  });

  testInChromium('a mirror that lies to browsers alone is given up with its first wrong piece', async () => {
    const host = await listMirror(serving(Buffer.alloc(original.bytes.length, 7)));
    expect(await watchUntilReport()).toMatchObject({ url: mirror.href('copy'), fault: 'wrong-bytes' });
    const asked = mirror.peer.asked.length;
    const { transfer, error } = await viewer!.see(
      'it goes on',
      ({ currentTime }) => currentTime > 15,
      280_000,
    );
    expect(error).toBeNull();
    expect(mirror.peer.asked.length).toBeLessThanOrEqual(asked + 1);
    expect(transfer.seeds[host]).toBeLessThan(original.bytes.length / 2);
  });

  testInChromium('a mirror that stalls after 1 kB is left for another', async () => {
    await listMirror((request, response) => {
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${original.bytes.length}` });
      response.write(original.bytes.subarray(Number(from), Number(from) + 1024));
    });
    expect(await watchUntilReport()).toEqual({ url: mirror.href('copy'), fault: 'silent' });
    const { error } = await viewer!.see('it goes on', ({ currentTime }) => currentTime > 15, 280_000);
    expect(error).toBeNull();
  });
});
