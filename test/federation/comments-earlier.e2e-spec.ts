import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addUser } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { textsOf } from '../support/interaction.js';
import { publishVideo } from '../support/videos.js';

/** Several instances on a machine that may be busy. */

let instances: Instances;
let origin: FederatedInstance;
let early: FederatedInstance;
let late: FederatedInstance;

beforeAll(async () => {
  const environment = {
    VIDIVERSE_FEDERATION_VIDEOS_REACTIONS_AFTER: '1',
    VIDIVERSE_FEDERATION_VIDEOS_EARLIER_COMMENTS: '3',
  };
  instances = await createInstances(3, { environment });
  [origin, early, late] = instances.all as [FederatedInstance, FederatedInstance, FederatedInstance];
  await early.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
});
afterAll(() => instances.close());

test('who follows later sees what was said and liked before, up to a limit, and from whom', async () => {
  const bob = await addUser(early.administrator, 'bob');
  const { uuid } = await publishVideo(origin.administrator, { name: 'a talk' });
  await instances.untilIdle();
  const { id } = await origin.administrator.comment(uuid, 'one');
  await origin.administrator.reply(uuid, id, 'two');
  await bob.comment(uuid, 'three');
  await bob.rate(uuid, 'like');
  await instances.untilIdle();
  await origin.administrator.comment(uuid, 'beyond the limit');
  await instances.untilIdle();

  await late.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
  const { data } = await late.administrator.comments(uuid, { sort: 'createdAt' });
  const trees = await Promise.all(data.map((thread) => late.administrator.thread(uuid, thread.id)));
  expect(trees.map(textsOf)).toEqual([['one', ['two']], ['three']]);
  expect(data.map(({ account }) => account?.host)).toEqual([origin.host, early.host]);
  expect(await late.administrator.video(uuid)).toMatchObject({ likes: 1, dislikes: 0, comments: 3 });

  await bob.comment(uuid, 'told');
  await instances.untilIdle();
  expect((await late.administrator.comments(uuid)).data[0]).toMatchObject({ text: 'told' });
});
