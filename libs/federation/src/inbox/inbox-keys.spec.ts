import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { activity, ADA, BOB, InboxLab } from '../../testing/inbox-lab.js';
import { KeyLookupError } from '../ports/actor-keys.js';

const MINUTE = 60_000;
const DOWN = new KeyLookupError('unavailable', 'nobody there');

describe('keys of senders', () => {
  let first: InboxLab;
  let lab: InboxLab;
  const farewell = activity({ id: `${ADA}#delete`, type: 'Delete', object: ADA });
  const keys = {
    maxFetches: 2,
    maxWaiting: 3,
    wait: 200,
    failurePause: 2 * MINUTE,
    refreshPause: 5 * MINUTE,
  };

  beforeAll(async () => {
    first = await InboxLab.open();
  });
  beforeEach(() => {
    lab = first.reopen({ maxRefusals: 10_000, keys: { ...keys, maxRemembered: 50 } });
  });

  test('are asked for once, then known', async () => {
    await lab.send(activity());
    await lab.send(activity({ id: `${ADA}/likes/2` }));
    expect(lab.keys.asked).toEqual([ADA]);
  });

  test('are asked for once by all who wait for the same', async () => {
    const likes = Array.from({ length: 5 }, (_, number) => activity({ id: `${ADA}/likes/${number}` }));
    const outcomes = await Promise.all(likes.map((like) => lab.outcome(like)));
    expect(outcomes).toEqual(likes.map(() => [202, 'recorded']));
    expect(lab.keys.asked).toEqual([ADA]);
  });

  test('that changed are asked for again', async () => {
    await lab.send(activity());
    await lab.giveKey(ADA);
    lab.now += 5 * MINUTE;
    expect(await lab.outcome(activity({ id: `${ADA}/likes/2` }))).toEqual([202, 'recorded']);
    expect(lab.keys.asked).toEqual([ADA, ADA]);
  });

  test('that changed are asked for again where an activity is handed on too', async () => {
    await lab.send(activity());
    await lab.giveKey(ADA);
    lab.now += 5 * MINUTE;
    const handedOn = await lab.signed(activity({ id: `${ADA}/likes/2` }));
    expect(await lab.outcome(handedOn, { by: BOB })).toEqual([202, 'recorded']);
  });

  test('are asked for once in five minutes, however many signatures are wrong and however they are called', async () => {
    await lab.send(activity());
    lab.now += 5 * MINUTE;
    const wrong = { by: BOB };
    for (let turn = 0; turn < 10; turn++) {
      const outcome = await lab.outcome(activity(), { ...wrong, keyId: `${ADA}#${turn}` });
      expect(outcome).toEqual([401, 'bad_signature']);
    }
    expect(lab.keys.asked).toEqual([ADA, ADA]);
    lab.now += 5 * MINUTE;
    await lab.send(activity(), { ...wrong, keyId: ADA });
    expect(lab.keys.asked).toEqual([ADA, ADA, ADA]);
  });

  test('of a server that is down make the sender come again, and are not asked for meanwhile', async () => {
    lab.keys.world.set(ADA, DOWN);
    const first = await lab.send(activity());
    expect(first).toMatchObject({ status: 503, code: 'key_unavailable', retryAfter: 120 });
    lab.now += MINUTE;
    expect(await lab.send(activity())).toMatchObject({ status: 503, retryAfter: 60 });
    expect(lab.keys.asked).toEqual([ADA]);
    lab.now += MINUTE;
    await lab.giveKey(ADA);
    expect(await lab.outcome(activity())).toEqual([202, 'recorded']);
  });

  test('that are gone prove nothing', async () => {
    lab.keys.world.delete(ADA);
    expect(await lab.outcome(activity())).toEqual([401, 'unknown_key']);
    lab.keys.stored.set(ADA, 'gone');
    expect(await lab.outcome(activity())).toEqual([401, 'unknown_key']);
    expect(lab.keys.asked).toEqual([ADA]);
  });

  test('that take long make the sender come again, and are there then', async () => {
    let answer!: () => void;
    lab.keys.answering = () => new Promise((resolve) => (answer = resolve));
    expect(await lab.send(activity())).toMatchObject({ status: 503, code: 'key_unavailable', retryAfter: 5 });
    answer();
    await new Promise(setImmediate);
    expect(await lab.outcome(activity())).toEqual([202, 'recorded']);
    expect(lab.keys.asked).toEqual([ADA]);
  });

  test('of a thousand servers that are dead are asked for a few at a time, and do not keep others out', async () => {
    const dead = Array.from({ length: 1000 }, (_, number) => `https://dead-${number}.example/accounts/x`);
    await lab.send(activity());
    let running = 0;
    let most = 0;
    lab.keys.answering = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      throw DOWN;
    };
    const answers = dead.map((keyId) => lab.send(activity(), { keyId }));
    expect(await lab.outcome(activity({ id: `${ADA}/likes/2` }))).toEqual([202, 'recorded']);
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 503 });
    expect(most).toBe(2);
    expect(lab.keys.asked.length).toBeLessThan(10);
  });

  test('are asked of nobody for the farewell of an actor that was never here', async () => {
    expect(await lab.outcome(farewell)).toEqual([202, 'ignored']);
    expect([lab.keys.asked, lab.journal.entries]).toEqual([[], []]);
  });

  test('are asked of nobody for the farewell of an actor that is gone already', async () => {
    lab.keys.stored.set(ADA, 'gone');
    expect(await lab.outcome(farewell)).toEqual([202, 'ignored']);
    expect([lab.keys.asked, lab.journal.entries]).toEqual([[], []]);
  });

  test('are not asked for when an actor says farewell whose key is stored', async () => {
    await lab.send(activity());
    lab.keys.world.delete(ADA);
    expect(await lab.outcome(farewell)).toEqual([202, 'recorded']);
    expect(lab.keys.asked).toEqual([ADA]);
  });
});
