import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { addUser } from '../support/client.js';
import { followersOf, followingsOf, itself, useInstances } from '../support/following.js';
import { freePort } from '../support/create-instance.js';
import { shapeDifferences } from '../support/json-shape.js';
import { until } from '../support/uploads.js';

/** What PeerTube 6.3 answered; not ours to publish, so it lies beside the checkout where there is one. */
const RECORDED = resolve('../shared/fixtures/peertube-6.3/rest');
const testWithThem = existsSync(RECORDED) ? test : test.skip;

const { instance, untilIdle } = useInstances(2);
const ours = () => instance(0).administrator;
const theirs = () => instance(1).administrator;

test('an instance is followed by its host, and both sides know since when', async () => {
  await ours().follow({ hosts: [instance(1).host] });
  await untilIdle();
  expect(await followingsOf(ours())).toEqual([[itself(instance(1)), 'accepted']]);
  expect(await followersOf(theirs())).toEqual([[itself(instance(0)), 'accepted']]);
  const [follow] = (await ours().followings()).data;
  expect(follow).toMatchObject({ reason: null, decidedBy: 'peer', follower: { host: instance(0).host } });
  expect(Date.parse(follow!.since)).toBeGreaterThan(Date.now() - 60_000);
});

test('channels and accounts are followed by handle, however it is written', async () => {
  const { host } = instance(1);
  await ours().follow({ handles: [`root_channel@${host}`, `@ROOT@${host}`] });
  await untilIdle();
  expect((await followingsOf(ours())).sort()).toEqual([
    [`root@${host}`, 'accepted'],
    [`root_channel@${host}`, 'accepted'],
  ]);
  const ofType = async (actorType: string) => (await ours().followings({ actorType })).data;
  expect(await ofType('Group')).toMatchObject([{ following: { name: 'root_channel', followersCount: 1 } }]);
  expect((await theirs().followers({ search: instance(0).host })).total).toBe(2);
  expect((await theirs().followers({ search: 'nobody' })).total).toBe(0);
});

test.each(['host', 'handle'])(
  'what is followed no more, by %s, is gone on both sides, and can be followed again',
  async (how) => {
    const { host } = instance(1);
    const target = how === 'host' ? { hosts: [host] } : { handles: [`root_channel@${host}`] };
    for (let round = 0; round < 2; round += 1) {
      await ours().follow(target);
      await untilIdle();
      expect((await theirs().followers({ state: 'accepted' })).total).toBe(1);
      await ours().unfollow(how === 'host' ? host : `root_channel@${host}`);
      await untilIdle();
      expect(await followingsOf(ours())).toEqual([]);
      expect(await followersOf(theirs())).toEqual([]);
    }
  },
);

test('following twice is following once', async () => {
  for (let round = 0; round < 2; round += 1) {
    await ours().follow({ hosts: [instance(1).host, instance(1).host] });
    await untilIdle();
  }
  expect(await followingsOf(ours())).toEqual([[itself(instance(1)), 'accepted']]);
  expect(await followersOf(theirs())).toHaveLength(1);
});

test('whoever is not there is said to be not there', async () => {
  const nobody = `nobody@${instance(1).host}`;
  await ours().follow({ handles: [nobody] });
  await untilIdle();
  const { data } = await ours().followTargets();
  expect(data).toMatchObject([{ handle: nobody, state: 'failed', reason: expect.stringMatching(/404/) }]);
  await ours().unfollow(nobody);
  expect((await ours().followTargets()).total).toBe(0);
});

test('a host that does not answer is looked for on, with the reason, until it is taken back', async () => {
  const silent = `127.0.0.1:${await freePort()}`;
  await ours().follow({ hosts: [silent] });
  const target = await until(
    async () => (await ours().followTargets()).data.find(({ reason }) => reason !== null),
    'the first look has failed',
  );
  expect(target).toMatchObject({ handle: silent, state: 'looking', reason: expect.stringMatching(/./) });
  await ours().unfollow(silent);
  expect((await ours().followTargets()).total).toBe(0);
});

test.each([
  ['itself by host', () => ({ hosts: [instance(0).host] })],
  ['an account of its own', () => ({ handles: [`root@${instance(0).host}`] })],
  ['nobody', () => ({})],
  ['a URL', () => ({ hosts: ['http://elsewhere.example/'] })],
  ['what is no handle', () => ({ handles: ['root'] })],
])('an instance cannot follow %s', async (_, body) => {
  await expect(ours().follow(body())).rejects.toMatchObject({ status: 400 });
});

test('what is not followed cannot be unfollowed', async () => {
  for (const target of ['elsewhere.example', 'somebody@elsewhere.example'])
    await expect(ours().unfollow(target)).rejects.toMatchObject({ status: 404 });
});

testWithThem('every field that PeerTube answers of follows is in ours, of the same type', async () => {
  await ours().follow({ hosts: [instance(1).host] });
  await untilIdle();
  const recorded = (name: string): unknown => JSON.parse(readFileSync(`${RECORDED}/${name}.json`, 'utf8'));
  expect(shapeDifferences(recorded('server-followers'), await theirs().followers())).toEqual([]);
  expect(shapeDifferences(recorded('server-following-on-9002'), await ours().followings())).toEqual([]);
});

test('everybody sees who follows whom, and administrators why, and who waits or was refused', async () => {
  const { host } = instance(1);
  await theirs().updateCustomConfig({ followers: { instance: { manualApproval: true } } });
  await ours().follow({ hosts: [host], handles: [`root_channel@${host}`] });
  await untilIdle();
  const visitor = instance(0).administrator.visitor();
  const elsewhere = theirs().visitor();
  const user = await addUser(theirs(), 'somebody');
  for (const state of ['accepted', 'pending'])
    expect((await theirs().followers({ state })).data).toMatchObject([{ reason: expect.any(String) }]);
  for (const [client, list] of [
    [visitor, () => visitor.followings()],
    [elsewhere, () => elsewhere.followers()],
    [user, () => user.followers()],
  ] as const) {
    const { total, data } = await list();
    expect(data).toMatchObject([{ state: 'accepted', following: { name: 'root_channel' } }]);
    expect(total).toBe(1);
    for (const field of ['reason', 'decidedBy', 'crawl']) expect(data[0]).not.toHaveProperty(field);
    expect((await client.followers({ state: 'pending' })).total).toBe(0);
    expect((await client.followings({ state: 'pending' })).total).toBe(0);
  }
});

test('who is no administrator does none of it', async () => {
  const visitor = instance(0).administrator.visitor();
  await expect(visitor.followTargets()).rejects.toMatchObject({ status: 401 });
  await expect(visitor.acceptFollower('somebody@elsewhere.example')).rejects.toMatchObject({ status: 401 });
  await expect(visitor.follow({ hosts: ['elsewhere.example'] })).rejects.toMatchObject({ status: 401 });
});
