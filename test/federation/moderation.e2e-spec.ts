import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addUser, type InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { outcomesAt } from '../support/outcomes.js';
import { Peer } from '../support/peer.js';
import { publishVideo, type Video } from '../support/videos.js';

const OURS = 'server/blocklist';
const MINE = 'users/me/blocklist';

let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let ada: InstanceClient;
let bob: InstanceClient;
let video: Video;

beforeAll(async () => {
  instances = await createInstances(2);
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  await follower.administrator.follow({ hosts: [origin.host] });
  ada = await addUser(origin.administrator, 'ada');
  bob = await addUser(follower.administrator, 'bob');
  await instances.untilIdle();
});
afterAll(() => instances.close());

beforeEach(async () => {
  video = await publishVideo(ada, { name: 'a talk' });
  await instances.untilIdle();
});

/** A block ends follows for good. */
async function followAgain(): Promise<void> {
  await follower.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
}

describe('a report', () => {
  test('of a video of another instance comes to the staff of both', async () => {
    const { id } = await bob.video(video.uuid);
    await bob.report({ reason: 'not a talk', predefinedReasons: ['spamOrMisleading'], video: { id } });
    await instances.untilIdle();
    for (const { administrator } of instances.all)
      expect((await administrator.abuses({ count: 1 })).data).toMatchObject([
        {
          reason: 'not a talk',
          predefinedReasons: ['spamOrMisleading'],
          video: { uuid: video.uuid },
          reporterAccount: { name: 'bob', host: follower.host },
          flaggedAccount: { name: 'ada', host: origin.host },
        },
      ]);
  });

  test('of a comment goes to the instance of whoever made it', async () => {
    await bob.comment(video.uuid, 'buy my pills');
    await instances.untilIdle();
    const [comment] = (await ada.comments(video.uuid)).data;
    await ada.report({ reason: 'pills', comment: { id: comment!.id } });
    await instances.untilIdle();
    expect((await follower.administrator.abuses({ count: 1, filter: 'comment' })).data).toMatchObject([
      { reason: 'pills', comment: { text: 'buy my pills' }, reporterAccount: { host: origin.host } },
    ]);
  });

  describe('of another kind of server', () => {
    let peer: Peer;
    let actor: string;
    beforeAll(async () => {
      peer = await Peer.open();
      actor = await peer.actor('mastodon', { type: 'Application' });
    });
    afterAll(() => peer.close());
    const flag = (object: string[]) =>
      peer.activity({ type: 'Flag', actor, object, content: '<p>spam &amp; lies</p>' });

    test('may name several things, and those that are ours are taken', async () => {
      const { url } = await ada.comment(video.uuid, 'hm');
      const own = `${origin.address}/accounts/ada`;
      const objects = [own, url, `${origin.address}/videos/watch/${video.uuid}`, 'https://other.example/1'];
      expect(await outcomesAt(origin, peer)(flag(objects))).toBe('applied');
      const { data } = await origin.administrator.abuses({ count: 3 });
      expect(data.map(({ reason }) => reason)).toEqual(Array(3).fill('spam & lies'));
      expect(data.map(({ comment, video: reported }) => [comment?.text, reported?.uuid])).toEqual(
        expect.arrayContaining([
          [undefined, undefined],
          ['hm', undefined],
          [undefined, video.uuid],
        ]),
      );
    });

    test('is refused when nothing of it is ours, and when it names too much', async () => {
      const send = outcomesAt(origin, peer);
      expect(await send(flag(['https://other.example/1']))).toBe('Nothing of what it reports is here.');
      const { total } = await origin.administrator.abuses();
      const many = Array.from({ length: 1000 }, (_, index) => `${origin.address}/accounts/ada?${index}`);
      expect(await send(flag(many))).toMatch('Not understood');
      expect((await origin.administrator.abuses()).total).toBe(total);
    });
  });
});

describe('a server that the instance blocks', () => {
  test('is not seen, heard or told anything, until it is blocked no more', async () => {
    await bob.comment(video.uuid, 'before');
    await instances.untilIdle();
    await origin.administrator.blockServer(OURS, follower.host);
    expect((await ada.comments(video.uuid)).total).toBe(0);

    await bob.comment(video.uuid, 'meanwhile');
    const unheard = await publishVideo(ada, { name: 'not for them' });
    await instances.untilIdle();
    expect((await origin.administrator.comments(video.uuid)).total).toBe(0);
    await expect(bob.video(unheard.uuid)).rejects.toMatchObject({ status: 404 });

    await origin.administrator.unblockServer(OURS, follower.host);
    expect((await ada.comments(video.uuid)).data).toMatchObject([{ text: 'before' }]);
    await followAgain();
    const heard = await publishVideo(ada, { name: 'for them' });
    await instances.untilIdle();
    expect((await bob.video(heard.uuid)).name).toBe('for them');
  });

  test('has its videos hidden from everybody', async () => {
    await follower.administrator.blockServer(OURS, origin.host);
    expect((await bob.videos()).total).toBe(0);
    await follower.administrator.unblockServer(OURS, origin.host);
    await followAgain();
    expect((await bob.videos()).data).toContainEqual(expect.objectContaining({ uuid: video.uuid }));
  });

  test('is not sent what waits for it', async () => {
    const { address, host } = follower;
    await origin.administrator.pauseDeliveries(host);
    await ada.updateVideo(video.uuid, { name: 'a better talk' });
    await origin.administrator.blockServer(OURS, host);
    await origin.administrator.resumeDeliveries(host);
    await instances.untilIdle();
    expect((await bob.video(video.uuid)).name).toBe('a talk');
    const { data } = await origin.administrator.deliveries(host, { state: 'dropped' });
    expect(data).toContainEqual(
      expect.objectContaining({ inboxUrl: `${address}/inbox`, reason: 'The server was blocked.' }),
    );
    await origin.administrator.unblockServer(OURS, host);
    await followAgain();
  });

  test('follows us no more and is followed no more, on both sides, also when the block ends', async () => {
    const { administrator } = follower;
    await origin.administrator.follow({ hosts: [follower.host], handles: [`bob@${follower.host}`] });
    await administrator.follow({ handles: [`ada_channel@${origin.host}`] });
    await instances.untilIdle();
    expect((await origin.administrator.followings({ state: 'accepted' })).total).toBe(2);
    expect((await origin.administrator.followers({ state: 'accepted' })).total).toBe(2);

    await origin.administrator.blockServer(OURS, follower.host);
    const ended = async () => {
      expect((await origin.administrator.followings()).total).toBe(0);
      expect((await origin.administrator.followers({ state: 'accepted' })).total).toBe(0);
      expect((await administrator.followers()).total).toBe(0);
      expect((await administrator.followings({ state: 'accepted' })).total).toBe(0);
    };
    await instances.untilIdle();
    await ended();
    for (const { reason } of (await administrator.followings()).data)
      expect(reason).toBe(`${origin.host} rejected it.`);
    const refused = { reason: `The server ${follower.host} is blocked.`, decidedBy: 'blocked-by-moderation' };
    expect((await origin.administrator.followers()).data).toMatchObject([refused, refused]);
    // Who asks while it is blocked is not heard.
    await followAgain();
    await ended();

    await origin.administrator.unblockServer(OURS, follower.host);
    await instances.untilIdle();
    await ended();
    await followAgain();
    expect((await origin.administrator.followers({ state: 'accepted' })).total).toBe(1);
  });

  test('cannot be followed, and the administrator is told why', async () => {
    await origin.administrator.blockServer(OURS, follower.host);
    await origin.administrator.follow({ hosts: [follower.host] });
    await instances.untilIdle();
    const reason = `The server ${follower.host} is blocked.`;
    expect((await origin.administrator.followTargets()).data).toMatchObject([{ state: 'failed', reason }]);
    expect((await origin.administrator.followings()).total).toBe(0);
    await origin.administrator.unfollow(follower.host);
    await origin.administrator.unblockServer(OURS, follower.host);
    await followAgain();
  });
});

test('a server or account that a user blocks is hidden from that user, and heard all the same', async () => {
  const carl = await addUser(follower.administrator, `carl${Date.now()}`);
  await carl.blockServer(MINE, origin.host);
  expect((await carl.videos()).total).toBe(0);
  await carl.unblockServer(MINE, origin.host);
  await carl.blockAccount(MINE, `ada@${origin.host}`);
  const { uuid } = await publishVideo(ada, { name: 'new' });
  await ada.comment(uuid, 'said by ada');
  await instances.untilIdle();
  expect((await carl.videos()).data).not.toContainEqual(expect.objectContaining({ uuid }));
  expect((await carl.comments(uuid)).total).toBe(0);
  expect((await bob.comments(uuid)).total).toBe(1);
  expect(await carl.blockStatus({ accounts: `ada@${origin.host}` })).toMatchObject({
    accounts: { [`ada@${origin.host}`]: { blockedByUser: true, blockedByServer: false } },
  });
});
