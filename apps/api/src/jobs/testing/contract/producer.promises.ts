import { expect, test } from '@jest/globals';
import { defineJob } from '../../job-queue.js';
import { Gate, until } from '../until.js';
import type { Lab } from './use-lab.js';

const greet = defineJob<unknown>({ name: 'test.greet' });
const ADDER = { VIDIVERSE_ROLES: 'web' };
/** Only being woken can explain that something runs in time. */
const NEVER_POLLS = { VIDIVERSE_JOBS_POLL_INTERVAL: '600000' };

export function producerPromises(lab: Lab): void {
  test('gets the payload to the handler as it was, null and plain text too', async () => {
    const seen: unknown[] = [];
    const queue = await lab().queue((queue) =>
      queue.process(greet, async ({ payload }) => void seen.push(payload)),
    );
    const payloads = [{ deep: [1, { text: 'ö💡' }] }, 'text', null, 7, [true]];
    for (const payload of payloads) {
      await queue.add(greet, payload);
      await queue.untilIdle();
    }
    expect(seen).toEqual(payloads);
  });

  test('wakes a worker in the same process at once, without a look at the clock', async () => {
    const seen: unknown[] = [];
    const queue = await lab().queue(
      (queue) => queue.process(greet, async ({ payload }) => void seen.push(payload)),
      NEVER_POLLS,
    );
    await queue.untilIdle();
    await queue.add(greet, 'now');
    await until('it ran', () => seen.length === 1, 2000);
  });

  test('reaches a worker in another process', async () => {
    const seen: unknown[] = [];
    await lab().queue((queue) => queue.process(greet, async ({ payload }) => void seen.push(payload)));
    const adder = await lab().queue(undefined, ADDER);
    await adder.add(greet, 'from afar');
    await until('it ran', () => seen.length === 1, 2000);
  });

  test('within a transaction: the job is run after the commit, not before', async () => {
    const seen: unknown[] = [];
    const queue = await lab().queue(
      (queue) => queue.process(greet, async ({ payload }) => void seen.push(payload)),
      NEVER_POLLS,
    );
    await queue.untilIdle();
    await lab().dataSource.transaction(async (manager) => {
      await queue.add(greet, 'inside', { manager });
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toEqual([]);
    });
    await until('it ran', () => seen.length === 1, 2000);
  });

  test('within a transaction that is rolled back: there never was a job', async () => {
    const seen: unknown[] = [];
    const queue = await lab().queue((queue) =>
      queue.process(greet, async ({ payload }) => void seen.push(payload)),
    );
    const failing = lab().dataSource.transaction(async (manager) => {
      await queue.add(greet, 'inside', { manager });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await queue.add(greet, 'after');
    await queue.untilIdle();
    expect(seen).toEqual(['after']);
    expect((await queue.list({ start: 0, count: 10 })).total).toBe(1);
  });

  test('with a unique key gets the id of the unfinished job that has it, waiting or running', async () => {
    const gate = new Gate();
    const queue = await lab().queue((queue) => queue.process(greet, () => gate.opened));
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => queue.add(greet, 'x', { uniqueKey: 'Same' })),
    );
    expect(new Set(ids).size).toBe(1);
    await until('it runs', async () => (await queue.get(ids[0]!))?.state === 'active');
    expect(await queue.add(greet, 'x', { uniqueKey: 'Same' })).toBe(ids[0]);
    expect(await queue.add(greet, 'x', { uniqueKey: 'same' })).not.toBe(ids[0]);
    gate.open();
    await queue.untilIdle();
    expect(await queue.add(greet, 'x', { uniqueKey: 'Same' })).not.toBe(ids[0]);
  });

  test('with a unique key in parallel transactions: one job, and every transaction goes on', async () => {
    const queue = await lab().queue(undefined, ADDER);
    const ids = await Promise.all(
      Array.from({ length: 8 }, () =>
        lab().dataSource.transaction((manager) => queue.add(greet, 'x', { uniqueKey: 'one', manager })),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    expect((await queue.list({ start: 0, count: 10 })).total).toBe(1);
  });

  test('is told the limit when a payload is too large', async () => {
    const queue = await lab().queue(undefined, { VIDIVERSE_JOBS_MAX_PAYLOAD: '100' });
    await expect(queue.add(greet, 'ö'.repeat(60))).rejects.toThrow(
      'The payload of a test.greet job has 122 bytes; at most 100 are allowed (jobs.maxPayload).',
    );
  });

  test('finds jobs by state and kind, newest first', async () => {
    const queue = await lab().queue(undefined, ADDER);
    const other = defineJob<unknown>({ name: 'test.other' });
    const ids = [await queue.add(greet, 1), await queue.add(greet, 2), await queue.add(other, 3)];
    const later = await queue.add(greet, 4, { delay: 60_000 });
    const { total, data } = await queue.list({ state: 'waiting', kind: 'test.greet', start: 0, count: 1 });
    expect([total, data.map(({ id }) => id)]).toEqual([2, [ids[1]]]);
    expect((await queue.list({ state: 'delayed', start: 0, count: 5 })).data.map(({ id }) => id)).toEqual([
      later,
    ]);
    expect((await queue.list({ start: 0, count: 9, newestFirst: false })).data.map(({ id }) => id)).toEqual([
      ...ids,
      later,
    ]);
  });
}
