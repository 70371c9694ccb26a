import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { followAccepted, followBackConsidered, followRequested, hold, refuse } from '@vidiverse/hooks';
import { followersOf, followingsOf, itself, useInstances } from '../support/following.js';
import { type Probe, probeOf } from './probe.js';

const { instance, untilIdle } = useInstances(2);
/** The first has the plugin, the second follows it. */
const asked = () => instance(0).administrator;
let probe: Probe;
let others: Probe;

beforeAll(() => {
  probe = probeOf(instance(0));
  others = probeOf(instance(1));
});
afterEach(() => {
  probe.off();
  others.off();
});

const followBack = () =>
  asked().updateCustomConfig({ followings: { instance: { autoFollowBack: { enabled: true } } } });
const manualApproval = () =>
  asked().updateCustomConfig({ followers: { instance: { manualApproval: true } } });

const follows = async () => {
  await instance(1).administrator.follow({ hosts: [instance(0).host] });
  await untilIdle();
};

const newestVerdict = async (question: string) => (await asked().followVerdicts({ question })).data[0];

/** What plugins are told of a Follow of the second instance. */
const theFollow = () => ({
  follower: {
    url: `${instance(1).address}/accounts/peertube`,
    host: instance(1).host,
    type: 'Application',
    username: 'peertube',
  },
  target: { url: `${instance(0).address}/accounts/peertube`, kind: 'instance' },
  receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
});

test.each([
  ['holds', hold, 'hold', 'pending'],
  ['refuses', refuse, 'refuse', 'rejected'],
] as const)(
  'a follow that a plugin %s stays so, with its reason and the plugin’s name',
  async (_, verdict, decision, state) => {
    const { given } = probe.on(followRequested, () => verdict('Nobody knows this host.'));
    await follows();
    expect(given).toEqual([theFollow()]);
    expect(await followersOf(asked())).toEqual([[itself(instance(1)), state]]);
    const stored = { decision, rule: 'plugin:probe', reason: 'Nobody knows this host.' };
    expect(await newestVerdict('follow')).toMatchObject(stored);
    expect(await asked().followDryRun({ host: instance(1).host })).toMatchObject({ follow: stored });
  },
);

test('whom a plugin refused is heard again when it asks again', async () => {
  probe.on(followRequested, () => refuse('Not today.'));
  await follows();
  probe.off();
  await follows();
  expect(await followersOf(asked())).toEqual([[itself(instance(1)), 'accepted']]);
});

test('a plugin is not asked about what the rules refuse', async () => {
  await asked().updateCustomConfig({ followers: { instance: { enabled: false } } });
  const { given } = probe.on(followRequested);
  await follows();
  expect(given).toEqual([]);
  expect(await newestVerdict('follow')).toMatchObject({ rule: 'reject-all-followers' });
});

test('a plugin that allows does not overrule the rules', async () => {
  await manualApproval();
  const { given } = probe.on(followRequested, () => ({ decision: 'allow' }));
  await follows();
  expect(given).toHaveLength(1);
  expect(await newestVerdict('follow')).toMatchObject({ decision: 'hold', rule: 'manual-approval' });
});

test('a follow is held when the plugin breaks, and an administrator can accept it', async () => {
  probe.breaks(followRequested);
  await follows();
  expect(await followersOf(asked())).toEqual([[itself(instance(1)), 'pending']]);
  expect(await newestVerdict('follow')).toMatchObject({ decision: 'hold', rule: 'plugin:probe' });
  await asked().acceptFollower(itself(instance(1)));
  expect(await followersOf(asked())).toEqual([[itself(instance(1)), 'accepted']]);
});

test.each([
  ['holds', () => probe.on(followBackConsidered, () => hold('Not now.')).given, 'Not now.'],
  [
    'refuses',
    () => probe.on(followBackConsidered, () => refuse('A test instance.')).given,
    'A test instance.',
  ],
  ['breaks at', () => (probe.breaks(followBackConsidered), null), 'The plugin probe could not decide.'],
])('an instance whose follow-back a plugin %s is not followed back', async (_, handle, reason) => {
  await followBack();
  const given = handle();
  await follows();
  expect(await followersOf(asked())).toEqual([[itself(instance(1)), 'accepted']]);
  expect(await followingsOf(asked())).toEqual([]);
  expect(await newestVerdict('follow-back')).toMatchObject({ rule: 'plugin:probe', reason });
  if (given) expect(given).toEqual([theFollow()]);
});

test('an instance is followed back when no plugin objects, also when an administrator accepts it', async () => {
  await followBack();
  await manualApproval();
  const { given } = probe.on(followBackConsidered);
  await follows();
  expect(given).toEqual([]);
  await asked().acceptFollower(itself(instance(1)));
  await untilIdle();
  expect(given).toEqual([theFollow()]);
  expect(await followingsOf(asked())).toEqual([[itself(instance(1)), 'accepted']]);
});

test('a plugin is not asked about following back while that is off', async () => {
  const { given } = probe.on(followBackConsidered);
  await follows();
  expect(given).toEqual([]);
  expect(await newestVerdict('follow-back')).toMatchObject({ rule: 'follow-back-off' });
});

test('both sides are told of a follow that was accepted, once', async () => {
  const inwards = probe.on(followAccepted);
  const outwards = others.on(followAccepted);
  await follows();
  const { follower } = theFollow();
  const target = { ...follower, url: `${instance(0).address}/accounts/peertube`, host: instance(0).host };
  expect(await inwards.next()).toEqual({ direction: 'in', follower, target, decidedBy: 'default' });
  expect(await outwards.next()).toEqual({ direction: 'out', follower, target, decidedBy: 'peer' });
  await follows();
  expect(inwards.given).toHaveLength(1);
  expect(outwards.given).toHaveLength(1);
});

test('a follow is accepted while plugins that are told of it break', async () => {
  probe.breaks(followAccepted);
  others.breaks(followAccepted);
  await follows();
  expect(await followersOf(asked())).toEqual([[itself(instance(1)), 'accepted']]);
  expect(await followingsOf(instance(1).administrator)).toEqual([[itself(instance(0)), 'accepted']]);
});
