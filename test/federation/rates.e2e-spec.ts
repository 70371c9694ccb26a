import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addUser, type InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { outcomesAt } from '../support/outcomes.js';
import { Peer } from '../support/peer.js';
import { publishVideo, type Video } from '../support/videos.js';

let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let third: FederatedInstance;
let bob: InstanceClient;
let video: Video;

beforeAll(async () => {
  instances = await createInstances(3);
  [origin, follower, third] = instances.all as [FederatedInstance, FederatedInstance, FederatedInstance];
  await follower.administrator.follow({ hosts: [origin.host] });
  await third.administrator.follow({ hosts: [origin.host] });
  bob = await addUser(follower.administrator, 'bob');
  await instances.untilIdle();
});
afterAll(() => instances.close());

beforeEach(async () => {
  video = await publishVideo(origin.administrator, { name: 'a talk' });
  await instances.untilIdle();
});

const countsAt = async (client: InstanceClient) => {
  await instances.untilIdle();
  const { likes, dislikes } = await client.video(video.uuid);
  return [likes, dislikes];
};

describe('what a user thinks of a video of another instance', () => {
  test('is counted there and here, and taken back', async () => {
    await bob.rate(video.uuid, 'like');
    expect(await countsAt(origin.administrator)).toEqual([1, 0]);
    expect(await countsAt(bob)).toEqual([1, 0]);
    await bob.rate(video.uuid, 'dislike');
    expect(await countsAt(origin.administrator)).toEqual([0, 1]);
    await bob.rate(video.uuid, 'none');
    expect(await countsAt(origin.administrator)).toEqual([0, 0]);
    expect(await countsAt(bob)).toEqual([0, 0]);
    await bob.rate(video.uuid, 'like');
    expect(await countsAt(origin.administrator)).toEqual([1, 0]);
  });

  test('is in the number that other followers of the video see', async () => {
    await bob.rate(video.uuid, 'like');
    await origin.administrator.rate(video.uuid, 'like');
    expect(await countsAt(third.administrator)).toEqual([2, 0]);
    await bob.rate(video.uuid, 'dislike');
    expect(await countsAt(third.administrator)).toEqual([1, 1]);
    await bob.rate(video.uuid, 'none');
    expect(await countsAt(third.administrator)).toEqual([1, 0]);
  });

  test('is told to the video’s own instance and to nobody else', async () => {
    await bob.rate(video.uuid, 'like');
    await instances.untilIdle();
    const types = async ({ administrator }: FederatedInstance) =>
      (await administrator.inboxActivities({ count: 100 })).data
        .filter(({ activity }) => activity.actor.endsWith('/bob'))
        .map(({ activity }) => activity.type);
    expect(await types(origin)).toContain('Like');
    expect(await types(third)).toEqual([]);
  });

  test('is served at its id', async () => {
    await bob.rate(video.uuid, 'like');
    await instances.untilIdle();
    const { data } = await origin.administrator.inboxActivities({ type: 'Like', count: 1 });
    const { id } = data[0]!.activity;
    const headers = { accept: 'application/activity+json' };
    const { body } = await bob.visitor().ask('GET', new URL(id).pathname, { headers });
    expect(body).toMatchObject({
      type: 'Like',
      id,
      actor: `${follower.address}/accounts/bob`,
      object: `${origin.address}/videos/watch/${video.uuid}`,
    });
  });
});

describe('a hand-made server', () => {
  let peer: Peer;
  let mallory: string;
  let carl: string;
  const outcome = (...message: Parameters<ReturnType<typeof outcomesAt>>) =>
    outcomesAt(origin, peer)(...message);

  beforeAll(async () => {
    peer = await Peer.open();
    [mallory, carl] = [await peer.actor('mallory'), await peer.actor('carl')];
  });
  afterAll(() => peer.close());

  const like = (actor: string) =>
    peer.activity({ type: 'Like', actor, object: `${origin.address}/videos/watch/${video.uuid}` });

  test('counts once for each of its people, however often and in whatever order they say it', async () => {
    const first = like(carl);
    expect(await outcome(first)).toBe('applied');
    await outcome(first);
    await outcome(like(carl));
    await outcome(like(mallory));
    expect(await countsAt(origin.administrator)).toEqual([2, 0]);
    await outcome({ ...like(mallory), type: 'Dislike' });
    expect(await countsAt(origin.administrator)).toEqual([1, 1]);
  });

  test('likes in nobody else’s name, and takes nobody else’s like back', async () => {
    const { id } = like(carl);
    expect(await outcome(like(carl), { by: mallory })).toEqual([401, 'not_the_actor']);
    expect(await outcome({ ...like(`${origin.address}/accounts/root`), id }, { by: mallory })).toEqual([
      401,
      'not_the_actor',
    ]);
    await outcome(like(carl));
    const undo = peer.activity({ type: 'Undo', actor: mallory, object: { ...like(mallory), actor: carl } });
    expect(await outcome(undo)).toEqual([403, 'foreign_object']);
    expect(await outcome(peer.activity({ type: 'Undo', actor: mallory, object: like(mallory) }))).toBe(
      'There is nothing to take back.',
    );
    expect(await countsAt(origin.administrator)).toEqual([1, 0]);
  });

  test('that takes a like back before it says it, likes nothing', async () => {
    const said = like(carl);
    await outcome(peer.activity({ type: 'Undo', actor: carl, object: said }), { signed: true });
    expect(await outcome(said)).toMatch('undone before');
    expect(await countsAt(origin.administrator)).toEqual([0, 0]);
  });

  test('has its likes counted at once by those who follow the video, and told in one Update', async () => {
    const fans = await Promise.all(Array.from({ length: 5 }, (_, index) => peer.actor(`fan${index}`)));
    await Promise.all(fans.map((fan) => peer.send(like(fan), origin.address)));
    expect(await countsAt(third.administrator)).toEqual([5, 0]);
    const { data } = await third.administrator.inboxActivities({ type: 'Update', count: 100 });
    const object = `${origin.address}/videos/watch/${video.uuid}/`;
    const updates = data.filter(({ activity }) => activity.id.startsWith(object));
    expect(updates.length).toBeLessThan(fans.length);
  });

  test('likes what is public here, and nothing else', async () => {
    const object = `${follower.address}/videos/watch/${video.uuid}`;
    expect(await outcome({ ...like(carl), object })).toBe('There is no such video of ours.');
    await origin.administrator.updateVideo(video.uuid, { privacy: 3 });
    expect(await outcome(like(carl))).toBe('There is no such video of ours.');
  });
});
