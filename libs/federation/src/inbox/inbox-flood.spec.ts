import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { activity, InboxLab } from '../../testing/inbox-lab.js';

describe('a flood of refusals', () => {
  let first: InboxLab;
  let lab: InboxLab;

  beforeAll(async () => {
    first = await InboxLab.open();
  });
  beforeEach(() => {
    lab = first.reopen();
  });
  const flood = async (from: string) => {
    const request = lab.request(activity(), { from, headers: { signature: null } });
    for (let turn = 0; turn < 100; turn++) await lab.gate.receive(request);
  };

  test('ends that an address is heard, until its window ends', async () => {
    await flood('192.0.2.7');
    const answer = await lab.send(activity(), { from: '192.0.2.7' });
    expect(answer).toMatchObject({ status: 429, code: 'too_many_requests', retryAfter: 10 });
    expect(lab.gate.waitFor('192.0.2.7')).toBe(10);
    expect([lab.journal.entries, lab.keys.asked]).toEqual([[], []]);
    lab.now += 10_000;
    expect(await lab.outcome(activity(), { from: '192.0.2.7' })).toEqual([202, 'recorded']);
  });

  test('leaves other addresses alone', async () => {
    await flood('192.0.2.8');
    expect(await lab.outcome(activity(), { from: '192.0.2.9' })).toEqual([202, 'recorded']);
  });

  test('counts for all addresses of an IPv6 network', async () => {
    await flood('2001:db8:1:2::1');
    expect(lab.gate.waitFor('2001:db8:1:2:ffff::1')).toBe(10);
    expect(lab.gate.waitFor('2001:db8:1:3::1')).toBe(0);
  });

  test('is none when all is accepted', async () => {
    for (let turn = 0; turn < 110; turn++) await lab.send(activity());
    expect(lab.gate.waitFor('192.0.2.1')).toBe(0);
  });
});
