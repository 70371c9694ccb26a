import { expect, test } from '@jest/globals';
import { followingsOf, itself, useInstances } from '../support/following.js';

const { instance, untilIdle } = useInstances(3);
/** The first follows back whoever follows it. */
const friendly = () => instance(0).administrator;

const followBack = (enabled: boolean) =>
  friendly().updateCustomConfig({ followings: { instance: { autoFollowBack: { enabled } } } });

const follows = async (follower: number) => {
  await instance(follower).administrator.follow({ hosts: [instance(0).host] });
  await untilIdle();
};

test('instances that follow are followed back once it is on, and not before', async () => {
  await follows(1);
  expect(await followingsOf(friendly())).toEqual([]);
  await followBack(true);
  await follows(2);
  expect(await followingsOf(friendly())).toEqual([[itself(instance(2)), 'accepted']]);
  const { data } = await friendly().followVerdicts({ question: 'follow-back', host: instance(2).host });
  expect(data[0]).toMatchObject({ decision: 'allow', host: instance(2).host });
});

test('two instances that follow back follow each other once', async () => {
  await followBack(true);
  await instance(1).administrator.updateCustomConfig({
    followings: { instance: { autoFollowBack: { enabled: true } } },
  });
  await follows(1);
  expect(await followingsOf(friendly())).toEqual([[itself(instance(1)), 'accepted']]);
  expect(await followingsOf(instance(1).administrator)).toEqual([[itself(instance(0)), 'accepted']]);
});

test('an instance on the blacklist may follow and is not followed back; nothing else happens to it', async () => {
  await followBack(true);
  await friendly().neverFollowBack({ host: instance(1).host.toUpperCase(), note: 'A mirror of ours.' });
  await follows(1);
  await follows(2);
  expect(await followingsOf(friendly())).toEqual([[itself(instance(2)), 'accepted']]);
  expect((await friendly().followers({ state: 'accepted' })).total).toBe(2);
  const { data } = await friendly().followVerdicts({ question: 'follow-back', host: instance(1).host });
  expect(data[0]).toMatchObject({ decision: 'refuse', rule: 'follow-back-blacklist' });
  expect((await friendly().neverFollowedBack()).data).toMatchObject([
    { host: instance(1).host, note: 'A mirror of ours.' },
  ]);
});

test('an instance that is taken off the blacklist is followed back the next time', async () => {
  await followBack(true);
  await friendly().neverFollowBack({ host: instance(1).host });
  await friendly().mayFollowBack(instance(1).host);
  await follows(1);
  expect(await followingsOf(friendly())).toEqual([[itself(instance(1)), 'accepted']]);
  await expect(friendly().mayFollowBack(instance(1).host)).rejects.toMatchObject({ status: 404 });
});

test('whoever waits for approval is followed back when it is accepted', async () => {
  await followBack(true);
  await friendly().updateCustomConfig({ followers: { instance: { manualApproval: true } } });
  await follows(1);
  expect(await followingsOf(friendly())).toEqual([]);
  await friendly().acceptFollower(itself(instance(1)));
  await untilIdle();
  expect(await followingsOf(friendly())).toEqual([[itself(instance(1)), 'accepted']]);
});

test('who follows a channel is not followed back', async () => {
  await followBack(true);
  await instance(1).administrator.follow({ handles: [`root_channel@${instance(0).host}`] });
  await untilIdle();
  expect(await followingsOf(friendly())).toEqual([]);
});
