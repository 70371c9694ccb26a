import { expect, test } from '@jest/globals';
import { followersOf, followingsOf, handleOf, itself, useInstances } from '../support/following.js';

const { instance, untilIdle } = useInstances(3);
const alone = () => instance(0).administrator;
const other = (index: number) => instance(index).administrator;

const follows = async (index: number) => {
  await other(index).follow({ hosts: [instance(0).host] });
  await untilIdle();
};

test('new followers are rejected, and told so; present ones stay', async () => {
  await follows(1);
  await alone().updateCustomConfig({ followers: { instance: { enabled: false } } });
  await follows(2);
  expect(await followersOf(alone())).toEqual([
    [itself(instance(1)), 'accepted'],
    [itself(instance(2)), 'rejected'],
  ]);
  const [refused] = (await other(2).followings()).data;
  expect(refused).toMatchObject({
    state: 'rejected',
    reason: `${instance(0).host} rejected it: This instance rejects all followers.`,
  });
});

test('a preview says who would be rejected, and rejects nobody', async () => {
  await follows(1);
  await follows(2);
  const { dryRun, total, data } = await alone().rejectAllFollowers({ dryRun: true });
  expect([dryRun, total]).toEqual([true, 2]);
  expect(data.map(({ follower }) => handleOf(follower))).toEqual([itself(instance(1)), itself(instance(2))]);
  await untilIdle();
  expect((await alone().followers({ state: 'accepted' })).total).toBe(2);
});

test('present followers are rejected on request, and each is told', async () => {
  await follows(1);
  await other(2).follow({ handles: [`root_channel@${instance(0).host}`] });
  await untilIdle();
  expect(await alone().rejectAllFollowers()).toMatchObject({ dryRun: false, total: 2 });
  await untilIdle();
  expect((await alone().followers({ state: 'rejected' })).total).toBe(2);
  for (const index of [1, 2])
    expect((await followingsOf(other(index))).map(([, state]) => state)).toEqual(['rejected']);
  expect((await alone().rejectAllFollowers({ dryRun: true })).total).toBe(0);
});

test('whoever was rejected with all others is heard when followers are welcome again', async () => {
  await follows(1);
  await alone().rejectAllFollowers();
  await untilIdle();
  await follows(1);
  expect(await followersOf(alone())).toEqual([[itself(instance(1)), 'accepted']]);
});

test('followers of channels are a matter of their own', async () => {
  await alone().updateCustomConfig({ followers: { channels: { enabled: false } } });
  await follows(1);
  await other(2).follow({ handles: [`root_channel@${instance(0).host}`] });
  await untilIdle();
  expect(await followersOf(alone())).toEqual([
    [itself(instance(1)), 'accepted'],
    [itself(instance(2)), 'rejected'],
  ]);
});
