import { describe, expect, test } from '@jest/globals';
import { freePort } from '../support/create-instance.js';
import { followersOf, followingsOf, itself, useInstances } from '../support/following.js';

const { instance, untilIdle } = useInstances(2);
const ours = () => instance(0).administrator;
const theirs = () => instance(1).administrator;

const followUs = async () => {
  await theirs().follow({ hosts: [instance(0).host] });
  await untilIdle();
};

describe('a dry run', () => {
  const ofTheirs = () => ours().followDryRun({ host: instance(1).host });

  test('says what would happen and why, by the settings of this moment', async () => {
    expect(await ofTheirs()).toMatchObject({
      follower: { url: `${instance(1).address}/accounts/peertube`, found: true },
      follow: { decision: 'allow', rule: 'default' },
      followBack: { decision: 'refuse', rule: 'follow-back-off' },
    });
    await ours().updateCustomConfig({ followings: { instance: { autoFollowBack: { enabled: true } } } });
    expect((await ofTheirs()).followBack).toMatchObject({ decision: 'allow' });
    await ours().neverFollowBack({ host: instance(1).host });
    expect((await ofTheirs()).followBack).toMatchObject({ rule: 'follow-back-blacklist' });
    await ours().updateCustomConfig({ followers: { instance: { manualApproval: true } } });
    expect(await ofTheirs()).toMatchObject({
      follow: { decision: 'hold', rule: 'manual-approval' },
      followBack: { decision: 'refuse', rule: 'not-accepted' },
    });
    await ours().updateCustomConfig({ followers: { instance: { enabled: false } } });
    expect((await ofTheirs()).follow).toMatchObject({ decision: 'refuse', rule: 'reject-all-followers' });
  });

  test('does nothing', async () => {
    const before = (await ours().followVerdicts()).total;
    await ofTheirs();
    await untilIdle();
    expect(await followersOf(ours())).toEqual([]);
    expect((await ours().followVerdicts()).total).toBe(before);
  });

  test('knows people and channels from instances', async () => {
    await ours().updateCustomConfig({ followings: { instance: { autoFollowBack: { enabled: true } } } });
    const answer = await ours().followDryRun({ handle: `root@${instance(1).host}` });
    expect(answer).toMatchObject({ follow: { decision: 'allow' }, followBack: { rule: 'only-instances' } });
  });

  test('assumes an ordinary instance where nobody answers, and says so', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    expect(await ours().followDryRun({ host })).toMatchObject({
      follower: { found: false },
      follow: { decision: 'allow' },
    });
  });

  test.each([
    ['nobody of that name', () => ({ handle: `nobody@${instance(1).host}` }), 422],
    ['this instance', () => ({ host: instance(0).host }), 400],
    ['two at once', () => ({ host: 'a.example', handle: 'a@a.example' }), 400],
    ['nobody', () => ({}), 400],
  ])('of %s is refused', async (_, body, status) => {
    await expect(ours().followDryRun(body())).rejects.toMatchObject({ status });
  });
});

describe('the settings', () => {
  test('are those of the configuration until somebody changes them, and again when they are deleted', async () => {
    const initial = {
      followers: { instance: { enabled: true, manualApproval: false }, channels: { enabled: true } },
      followings: { instance: { autoFollowBack: { enabled: false } } },
    };
    expect(await ours().customConfig()).toMatchObject(initial);
    await ours().updateCustomConfig({ followers: { instance: { enabled: false } } });
    await ours().resetCustomConfig();
    expect(await ours().customConfig()).toMatchObject(initial);
  });

  test('change where something is given; what this server has not got is taken and left out', async () => {
    await ours().updateCustomConfig({ followers: { channels: { enabled: false } } });
    const whole = {
      ...(await ours().customConfig()),
      signup: { enabled: true },
      instance: { name: 'Other' },
    };
    await ours().updateCustomConfig({ ...whole, followers: { instance: { manualApproval: true } } });
    const after = await ours().customConfig();
    expect(after).toMatchObject({
      followers: { instance: { enabled: true, manualApproval: true }, channels: { enabled: false } },
    });
    expect(after).not.toHaveProperty('signup');
  });

  test('that are no settings are refused, and change nothing', async () => {
    const wrong = { followers: { instance: { enabled: 'perhaps' } } };
    await expect(ours().updateCustomConfig(wrong)).rejects.toMatchObject({ status: 400 });
    expect(await ours().customConfig()).toMatchObject({ followers: { instance: { enabled: true } } });
  });

  test('hold at once for who asks again after a refusal', async () => {
    await ours().updateCustomConfig({ followers: { instance: { enabled: false } } });
    await followUs();
    expect(await followersOf(ours())).toEqual([[itself(instance(1)), 'rejected']]);
    await ours().updateCustomConfig({ followers: { instance: { enabled: true } } });
    await followUs();
    expect(await followersOf(ours())).toEqual([[itself(instance(1)), 'accepted']]);
    expect(await followingsOf(theirs())).toEqual([[itself(instance(0)), 'accepted']]);
  });
});

test('every verdict is kept with its reason', async () => {
  await followUs();
  const { data } = await ours().followVerdicts({ host: instance(1).host });
  const us = `${instance(0).address}/accounts/peertube`;
  const them = { actor: `${instance(1).address}/accounts/peertube`, host: instance(1).host, target: us };
  expect(data.slice(0, 2)).toMatchObject([
    { ...them, question: 'follow-back', decision: 'refuse', reason: 'Automatic follow-back is off.' },
    { ...them, question: 'follow', decision: 'allow', reason: 'Followers are accepted.' },
  ]);
  expect((await ours().followVerdicts({ decision: 'hold' })).data).toEqual([]);
});
