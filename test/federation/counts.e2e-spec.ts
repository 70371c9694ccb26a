import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { outcomesAt } from '../support/outcomes.js';
import { Peer } from '../support/peer.js';
import { publishVideo, type Video } from '../support/videos.js';

let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let root: InstanceClient;
let peer: Peer;
let video: Video;

const document = async (url: string) => {
  const response = await fetch(url, { headers: { accept: 'application/activity+json' } });
  return (await response.json()) as Record<string, unknown> & { first: string };
};

beforeAll(async () => {
  instances = await createInstances(2);
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  root = origin.administrator;
  peer = await Peer.open();
  const { host } = origin;
  const handles = [`root@${host}`, `root_channel@${host}`];
  await follower.administrator.follow({ hosts: [host], handles });
  await instances.untilIdle();
  const actor = await peer.actor('fan');
  const object = `${origin.address}/video-channels/root_channel`;
  await outcomesAt(origin, peer)(peer.activity({ type: 'Follow', actor, object }));
  video = await publishVideo(root, { name: 'counted' });
  await root.comment(video.uuid, 'of a counted account');
  await instances.untilIdle();
});
afterAll(async () => {
  await peer.close();
  await instances.close();
});

test('accounts and channels say how many follow them, wherever they are shown', async () => {
  const account = { name: 'root', followersCount: 1, followingCount: 0 };
  const channel = { name: 'root_channel', followersCount: 2, followingCount: 0 };
  expect(await root.account('root')).toMatchObject(account);
  expect((await root.accounts()).data).toMatchObject([account]);
  expect(await root.channel('root_channel')).toMatchObject({ ...channel, ownerAccount: account });
  expect((await root.channels()).data).toMatchObject([channel]);
  expect(await root.me()).toMatchObject({ account, videoChannels: [channel] });
  expect(await root.video(video.uuid)).toMatchObject({ account, channel });
  expect((await root.comments(video.uuid)).data).toMatchObject([{ account }]);
});

test('of people elsewhere it is known who follows them from here', async () => {
  const remote = { followersCount: 1 };
  expect(await follower.administrator.account(`root@${origin.host}`)).toMatchObject(remote);
  expect(await follower.administrator.channel(`root_channel@${origin.host}`)).toMatchObject(remote);
});

test('the collections of followers say how many there are, and those of who is followed', async () => {
  expect(await document(`${origin.address}/video-channels/root_channel/followers`)).toMatchObject({
    totalItems: 2,
  });
  expect(await document(`${follower.address}/accounts/peertube/following`)).toMatchObject({ totalItems: 3 });
});

test('a video says who announced it: its channel, its instance and others, each at its id', async () => {
  const object = `${origin.address}/videos/watch/${video.uuid}`;
  const actor = await peer.actor('magazine', {
    type: 'Group',
    attributedTo: [`${peer.address}/accounts/fan`],
  });
  const shared = peer.activity({ type: 'Announce', actor, object });
  expect(await outcomesAt(origin, peer)(shared)).toBe('applied');
  const { shares } = (await document(object)) as unknown as { shares: string };
  const collection = await document(shares);
  expect(collection).toMatchObject({ id: shares, totalItems: 3 });
  const { orderedItems } = (await document(collection.first)) as unknown as { orderedItems: string[] };
  expect(orderedItems).toHaveLength(3);
  expect(orderedItems[2]).toBe(shared.id);
  const announcers = ['video-channels/root_channel', 'accounts/peertube'];
  for (const [index, announcer] of announcers.entries())
    expect(await document(orderedItems[index]!)).toMatchObject({
      type: 'Announce',
      id: orderedItems[index],
      actor: `${origin.address}/${announcer}`,
      object,
    });
});
