import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addUser, type InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { textsOf } from '../support/interaction.js';
import { publishVideo, type Video } from '../support/videos.js';

/** Several instances on a machine that may be busy. */

let instances: Instances;
let origin: FederatedInstance;
let followers: FederatedInstance[];
let ada: InstanceClient;
let [bob, eve]: InstanceClient[] = [];
let video: Video;

/** One instance has the videos; two others follow it, and not each other. Each has a user. */
beforeAll(async () => {
  instances = await createInstances(3, {
    environment: { VIDIVERSE_INTERACTION_COMMENTS_PER_WINDOW: '1000' },
  });
  [origin, ...followers] = instances.all as [FederatedInstance, ...FederatedInstance[]];
  for (const { administrator } of followers) await administrator.follow({ hosts: [origin.host] });
  ada = await addUser(origin.administrator, 'ada');
  bob = await addUser(followers[0]!.administrator, 'bob');
  eve = await addUser(followers[1]!.administrator, 'eve');
  await instances.untilIdle();
});
afterAll(() => instances.close());

beforeEach(async () => {
  video = await publishVideo(ada, { name: 'a talk' });
  await instances.untilIdle();
});

/** The threads of the video as each instance shows them, which must be the same. */
async function threadsEverywhere() {
  await instances.untilIdle();
  const all = await Promise.all(
    instances.all.map(async ({ administrator }) => {
      const { data } = await administrator.comments(video.uuid, { sort: 'createdAt' });
      const trees = await Promise.all(data.map(({ id }) => administrator.thread(video.uuid, id)));
      const { comments } = await administrator.video(video.uuid);
      return { threads: trees.map(textsOf), comments };
    }),
  );
  for (const each of all) expect(each).toEqual(all[0]);
  return all[0]!;
}

/** Its id on this client's instance. */
async function idAt(client: InstanceClient, url: string): Promise<number> {
  const { data } = await client.comments(video.uuid);
  const trees = await Promise.all(data.map(({ id }) => client.thread(video.uuid, id)));
  const find = (tree: (typeof trees)[number]): number | undefined =>
    tree.comment.url === url ? tree.comment.id : tree.children.map(find).find(Boolean);
  return trees.map(find).find(Boolean)!;
}

describe('a comment', () => {
  test('made on one instance is read on all that know the video, with who said it', async () => {
    const { url } = await bob!.comment(video.uuid, 'Hello from **elsewhere** <b>');
    expect(await threadsEverywhere()).toEqual({ threads: [['Hello from **elsewhere** <b>']], comments: 1 });
    for (const { administrator } of instances.all)
      expect((await administrator.comments(video.uuid)).data).toMatchObject([
        { url, account: { name: 'bob', host: followers[0]!.host } },
      ]);
  });

  test('is answered across instances, and the thread is the same everywhere', async () => {
    const first = await bob!.comment(video.uuid, 'one');
    await instances.untilIdle();
    const second = await eve!.reply(video.uuid, await idAt(eve!, first.url), 'two');
    await instances.untilIdle();
    const third = await ada.reply(video.uuid, await idAt(ada, second.url), 'three');
    await instances.untilIdle();
    await bob!.reply(video.uuid, await idAt(bob!, third.url), 'four');
    await ada.comment(video.uuid, 'apart');
    expect(await threadsEverywhere()).toEqual({
      threads: [['one', ['two', ['three', ['four']]]], ['apart']],
      comments: 5,
    });
  });

  test('deleted by its author is gone everywhere; answers stay', async () => {
    const first = await bob!.comment(video.uuid, 'oops');
    const other = await bob!.comment(video.uuid, 'never mind');
    await instances.untilIdle();
    await eve!.reply(video.uuid, await idAt(eve!, first.url), 'what?');
    await instances.untilIdle();
    await bob!.removeComment(video.uuid, first.id);
    await bob!.removeComment(video.uuid, other.id);
    expect(await threadsEverywhere()).toEqual({ threads: [[null, ['what?']]], comments: 1 });
  });

  test('deleted by whose video it is about is gone everywhere, where it was made as well', async () => {
    const { url } = await eve!.comment(video.uuid, 'buy my pills');
    await instances.untilIdle();
    await ada.removeComment(video.uuid, await idAt(ada, url));
    expect(await threadsEverywhere()).toEqual({ threads: [], comments: 0 });
  });

  test('deleted by the staff of a third instance is gone there, and nowhere else', async () => {
    const { url } = await bob!.comment(video.uuid, 'not to everybody’s taste');
    await instances.untilIdle();
    const { administrator } = followers[1]!;
    await administrator.removeComment(video.uuid, await idAt(administrator, url));
    await instances.untilIdle();
    expect((await administrator.comments(video.uuid)).total).toBe(0);
    expect((await ada.comments(video.uuid)).total).toBe(1);
    expect((await bob!.comments(video.uuid)).total).toBe(1);
  });

  test('goes everywhere with the account that made it, and so does its like', async () => {
    const { administrator } = followers[0]!;
    const gone = await addUser(administrator, `gone${Date.now()}`);
    const { url } = await gone.comment(video.uuid, 'farewell');
    await gone.rate(video.uuid, 'like');
    await instances.untilIdle();
    expect((await ada.video(video.uuid)).likes).toBe(1);
    await eve!.reply(video.uuid, await idAt(eve!, url), 'so long');
    await instances.untilIdle();
    await administrator.removeUser((await gone.me()).id);
    expect(await threadsEverywhere()).toEqual({ threads: [[null, ['so long']]], comments: 1 });
    expect((await ada.video(video.uuid)).likes).toBe(0);
  });

  test('is not taken where the author of the video wants none', async () => {
    await ada.updateVideo(video.uuid, { commentsEnabled: false });
    await instances.untilIdle();
    await expect(bob!.comment(video.uuid, 'but')).rejects.toMatchObject({
      problem: { code: 'comments_disabled' },
    });
  });
});
