import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { Peer } from '../support/peer.js';
import { outcomeOf } from '../support/peer-videos.js';
import { publishVideo } from '../support/videos.js';

const PER_HOUR = 3;
let instances: Instances;
let origin: FederatedInstance;
let one: FederatedInstance;
let other: FederatedInstance;
let peer: Peer;

beforeAll(async () => {
  // The interval is that of operation: no Update tells the number meanwhile.
  instances = await createInstances(3, {
    environment: {
      VIDIVERSE_FEDERATION_VIDEOS_VIEWS_PER_HOST_AND_HOUR: String(PER_HOUR),
      VIDIVERSE_FEDERATION_VIDEOS_VIEWS_INTERVAL: String(30 * 60_000),
    },
  });
  [origin, one, other] = instances.all as [FederatedInstance, FederatedInstance, FederatedInstance];
  for (const { administrator } of [one, other]) await administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
  peer = await Peer.open();
});
afterAll(async () => {
  await instances.close();
  await peer.close();
});

const viewsOf = ({ uuid }: { uuid: string }) =>
  Promise.all(instances.all.map(async ({ administrator }) => (await administrator.video(uuid)).views));
const publish = async (name: string) => {
  const video = await publishVideo(origin.administrator, { name });
  await instances.untilIdle();
  return video;
};

test('a view at one follower is counted by the origin, which passes it on to the other', async () => {
  const video = await publish('Watched elsewhere');
  const json = { currentTime: 10 };
  await one.administrator.visitor().call('POST', `/api/v1/videos/${video.uuid}/views`, { json });
  await instances.untilIdle();
  expect(await viewsOf(video)).toEqual([1, 1, 1]);
});

test('an instance that tells too many views of a video is not believed', async () => {
  const video = await publish('Inflated');
  const actor = await peer.actor('peertube', { type: 'Application' });
  const object = `${origin.address}/videos/watch/${video.uuid}`;
  const outcomes: string[] = [];
  for (let turn = 0; turn < PER_HOUR + 2; turn += 1)
    outcomes.push(
      await outcomeOf(peer, origin.administrator, { type: 'View', actor, object }, { signed: true }),
    );
  expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(PER_HOUR);
  expect((await viewsOf(video))[0]).toBe(PER_HOUR);
});

test('who is watching right now is no view', async () => {
  const video = await publish('Being watched');
  const actor = await peer.actor('watcher', { type: 'Application' });
  const object = `${origin.address}/videos/watch/${video.uuid}`;
  const expires = new Date(Date.now() + 60_000).toISOString();
  expect(await outcomeOf(peer, origin.administrator, { type: 'View', actor, object, expires })).toBe(
    'applied',
  );
  expect((await viewsOf(video))[0]).toBe(0);
});
