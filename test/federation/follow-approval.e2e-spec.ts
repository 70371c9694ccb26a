import { expect, test } from '@jest/globals';
import { publishVideo } from '../support/videos.js';
import { followersOf, followingsOf, itself, useInstances } from '../support/following.js';

const { instance, untilIdle } = useInstances(2);
const asker = () => instance(0).administrator;
const asked = () => instance(1).administrator;

/** The first asks to follow the second, whose administrator decides. */
async function ask(): Promise<void> {
  await asked().updateCustomConfig({ followers: { instance: { manualApproval: true } } });
  await asker().follow({ hosts: [instance(1).host] });
  await untilIdle();
}

const states = async () => [
  (await followingsOf(asker())).map(([, state]) => state),
  (await followersOf(asked())).map(([, state]) => state),
];

test('a follower waits until an administrator accepts it', async () => {
  await ask();
  expect(await states()).toEqual([['pending'], ['pending']]);
  const { data } = await asked().followers({ state: 'pending' });
  expect(data).toMatchObject([
    { decidedBy: 'manual-approval', reason: 'Followers of this instance wait for an administrator.' },
  ]);
  const { uuid } = await publishVideo(asked(), { name: 'not yet' });
  await untilIdle();
  await expect(asker().video(uuid)).rejects.toMatchObject({ status: 404 });
  await asked().acceptFollower(itself(instance(0)));
  await untilIdle();
  expect(await states()).toEqual([['accepted'], ['accepted']]);
  expect((await asker().video(uuid)).name).toBe('not yet');
});

test('asking again while it waits changes nothing', async () => {
  await ask();
  const [before] = (await asked().followers()).data;
  await ask();
  expect((await asked().followers()).data).toMatchObject([
    { id: before!.id, state: 'pending', since: before!.since },
  ]);
});

test('a follower that an administrator rejects sees why, and asks again in vain', async () => {
  await ask();
  await asked().rejectFollower(itself(instance(0)));
  await untilIdle();
  expect(await states()).toEqual([['rejected'], ['rejected']]);
  const why = async () => (await asker().followings()).data[0]!.reason;
  expect(await why()).toBe(`${instance(1).host} rejected it: An administrator rejected it.`);
  await asked().updateCustomConfig({ followers: { instance: { manualApproval: false } } });
  await asker().follow({ hosts: [instance(1).host] });
  await untilIdle();
  expect(await states()).toEqual([['rejected'], ['rejected']]);
  expect(await why()).toBe(`${instance(1).host} rejected it: An administrator rejected it.`);
});

test('a refusal outlives the follow: taking it back and asking anew does not undo it', async () => {
  await ask();
  await asked().rejectFollower(itself(instance(0)));
  await untilIdle();
  await asker().unfollow(instance(1).host);
  await ask();
  expect(await states()).toEqual([['rejected'], ['rejected']]);
});

test('an administrator may think better of it', async () => {
  await ask();
  await asked().rejectFollower(itself(instance(0)));
  await untilIdle();
  await asked().acceptFollower(itself(instance(0)));
  await untilIdle();
  expect(await states()).toEqual([['accepted'], ['accepted']]);
});

test('a follower that is removed is told, and may ask again', async () => {
  await asker().follow({ hosts: [instance(1).host] });
  await untilIdle();
  await asked().removeFollower(itself(instance(0)));
  await untilIdle();
  expect(await states()).toEqual([['rejected'], []]);
  await asker().follow({ hosts: [instance(1).host] });
  await untilIdle();
  expect(await states()).toEqual([['accepted'], ['accepted']]);
});

test('followers of channels wait for nobody', async () => {
  await asked().updateCustomConfig({ followers: { instance: { manualApproval: true } } });
  await asker().follow({ handles: [`root_channel@${instance(1).host}`] });
  await untilIdle();
  expect(await states()).toEqual([['accepted'], ['accepted']]);
});

test('nothing is decided about somebody who does not follow', async () => {
  for (const decide of ['acceptFollower', 'rejectFollower', 'removeFollower'] as const)
    await expect(asked()[decide]('peertube@elsewhere.example')).rejects.toMatchObject({ status: 404 });
});
