import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { testInChromium } from '../support/chromium.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { listedUrl, listMirror, stalling, unlistMirror } from '../support/listed-mirror.js';
import { Mirror, type Original, originalOf, serving } from '../support/mirror.js';
import { until } from '../support/uploads.js';
import { newViewer, publishClip, type Viewer } from '../support/watching.js';

const SECONDS = 40;
let instances: Instances;
let origin: FederatedInstance;
let clip: string;
let original: Original & { uuid: string };
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
  await unlistMirror(origin, mirror, original);
});
afterAll(async () => instances.close());

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
    const host = await listMirror(origin, mirror, original, serving(original.bytes));
    viewer = await newViewer(origin.address, clip);
    await viewer.play();
    await viewer.see('both have sent something', ({ transfer }) => (transfer.seeds[host] ?? 0) > 0, 280_000);
    const { error } = await viewer.see('it plays', ({ currentTime }) => currentTime > 3, 280_000);
    expect(error).toBeNull();
  });

  testInChromium('a mirror that lies to browsers alone is given up with its first wrong piece', async () => {
    const host = await listMirror(origin, mirror, original, serving(Buffer.alloc(original.bytes.length, 7)));
    expect(await watchUntilReport()).toMatchObject({ url: listedUrl(mirror), fault: 'wrong-bytes' });
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
    await listMirror(origin, mirror, original, stalling(original.bytes));
    expect(await watchUntilReport()).toEqual({ url: listedUrl(mirror), fault: 'silent' });
    const { error } = await viewer!.see('it goes on', ({ currentTime }) => currentTime > 15, 280_000);
    expect(error).toBeNull();
  });
});
