import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { testInChromium } from '../support/chromium.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { newViewer, publishClip, servedBytes, type Viewer } from '../support/watching.js';

const MINUTE = 240_000;
let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let clip = '';
const viewers: Viewer[] = [];

beforeAll(async () => {
  instances = await createInstances(2);
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  await follower.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
  clip = await publishClip(origin, 20);
  await instances.untilIdle();
}, 2 * MINUTE);
afterEach(async () => {
  for (const viewer of viewers.splice(0)) await viewer.close();
});
afterAll(() => instances.close(), MINUTE);

async function watchAt({ address }: FederatedInstance): Promise<Viewer> {
  const viewer = await newViewer(address, clip);
  viewers.push(viewer);
  await viewer.play();
  return viewer;
}

testInChromium(
  'a video of another instance plays from that instance’s WebSeed, by the stream of the service worker',
  async () => {
    const { see, complaints } = await watchAt(follower);
    const figures = await see(
      'it plays in the swarm',
      ({ currentTime, pieces }) => currentTime > 1 && pieces > 0,
    );
    expect([figures.delivery, figures.error]).toEqual(['swarm', null]);
    expect(Object.keys(figures.transfer.seeds)).toEqual([origin.host]);
    expect(await servedBytes(origin, clip)).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  },
  2 * MINUTE,
);

testInChromium(
  'viewers of both instances meet at the origin’s tracker and carry the video for each other',
  async () => {
    const first = await watchAt(origin);
    await first.see('all of it is here', ({ pieces, have }) => pieces > 0 && have === pieces);
    const second = await watchAt(follower);
    const figures = await second.see('a peer sends', ({ transfer }) => transfer.peers > 0);
    expect(figures.error).toBeNull();
  },
  2 * MINUTE,
);
