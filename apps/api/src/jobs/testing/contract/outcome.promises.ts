import { expect, test } from '@jest/globals';
import { defineJob, UnrecoverableJobError } from '../../job-queue.js';
import { Gate, until } from '../until.js';
import type { Lab } from './use-lab.js';

const flaky = defineJob<{ failures: number }>({
  name: 'test.flaky',
  attempts: 3,
  backoff: (failures) => failures * 100,
});
const slow = defineJob<null>({ name: 'test.slow', attempts: 1 });
const small = defineJob<{ fails: boolean }>({ name: 'test.small', attempts: 1, forgotten: true });

export function outcomePromises(lab: Lab): void {
  const flakyQueue = (times: number[]) =>
    lab().queue((queue) =>
      queue.process(flaky, async ({ payload, attempts }) => {
        times.push(Date.now());
        if (attempts < payload.failures) throw new Error(`failure ${attempts + 1}`);
      }),
    );

  test('a failed job is tried again after the back-off of its kind, until it succeeds', async () => {
    const times: number[] = [];
    const queue = await flakyQueue(times);
    const id = await queue.add(flaky, { failures: 2 });
    await until('it is done', async () => (await queue.get(id))?.state === 'completed');
    expect(times).toHaveLength(3);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(100);
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(200);
    expect(await queue.get(id)).toMatchObject({ attempts: 2, progress: 100, lastError: null });
  });

  test('after its last try it has failed, with the error, and is not run again', async () => {
    const times: number[] = [];
    const queue = await flakyQueue(times);
    const id = await queue.add(flaky, { failures: 9 });
    await until('it failed', async () => (await queue.get(id))?.state === 'failed');
    await queue.untilIdle();
    expect(times).toHaveLength(3);
    expect(await queue.get(id)).toMatchObject({
      attempts: 3,
      lastError: expect.stringContaining('failure 3'),
    });
  });

  test('one of a kind that is forgotten leaves no row, and its key is free; a failed one stays to be seen', async () => {
    const done: string[] = [];
    const queue = await lab().queue((queue) =>
      queue.process(small, async ({ id, payload }) => {
        if (payload.fails) throw new Error('seen');
        done.push(id);
      }),
    );
    const first = await queue.add(small, { fails: false }, { uniqueKey: 'one' });
    await until('it left', async () => (await queue.get(first)) === null);
    const second = await queue.add(small, { fails: false }, { uniqueKey: 'one' });
    const failing = await queue.add(small, { fails: true });
    await queue.untilIdle();
    expect([done, await queue.get(second)]).toEqual([[first, second], null]);
    expect(await queue.get(failing)).toMatchObject({
      state: 'failed',
      lastError: expect.stringContaining('seen'),
    });
  });

  test('an unrecoverable error fails it at once', async () => {
    const queue = await lab().queue((queue) =>
      queue.process(flaky, async () => {
        throw new UnrecoverableJobError('hopeless');
      }),
    );
    const id = await queue.add(flaky, { failures: 0 });
    await until('it failed', async () => (await queue.get(id))?.state === 'failed');
    expect(await queue.get(id)).toMatchObject({
      attempts: 1,
      lastError: expect.stringContaining('hopeless'),
    });
  });

  test('a failed job can be put back, with its counters at zero', async () => {
    const times: number[] = [];
    const queue = await flakyQueue(times);
    const id = await queue.add(flaky, { failures: 9 });
    await until('it failed', async () => (await queue.get(id))?.state === 'failed');
    expect(await queue.retry(id)).toBe(true);
    await until(
      'it failed again',
      async () => times.length === 6 && (await queue.get(id))?.state === 'failed',
    );
    expect(await queue.retry('nothing')).toBe(false);
  });

  test('a finished job can neither be put back nor cancelled', async () => {
    const queue = await flakyQueue([]);
    const id = await queue.add(flaky, { failures: 0 });
    await until('it is done', async () => (await queue.get(id))?.state === 'completed');
    expect([await queue.retry(id), await queue.cancel(id)]).toEqual([false, false]);
  });

  test('progress can be seen while it runs', async () => {
    const gate = new Gate();
    const queue = await lab().queue((queue) =>
      queue.process(slow, async ({ progress }) => {
        for (let percent = 0; percent <= 42; percent++) await progress(percent);
        await gate.opened;
      }),
    );
    const id = await queue.add(slow, null);
    await until('42 % are seen', async () => (await queue.get(id))?.progress === 42);
    gate.open();
    await queue.untilIdle();
    expect(await queue.get(id)).toMatchObject({ state: 'completed', progress: 100 });
  });

  test('finished jobs are forgotten after a while, those set aside are not', async () => {
    const first = await flakyQueue([]);
    const [old, aside, recent] = [
      await first.add(flaky, { failures: 0 }),
      await first.add(flaky, { failures: 0 }),
      await first.add(flaky, { failures: 0 }),
    ];
    await first.untilIdle();
    const finishedAt = new Date(Date.now() - 3600_000);
    const jobs = lab().dataSource.getRepository('JobEntity');
    await jobs.update(old, { finishedAt });
    await jobs.update(aside, { finishedAt, state: 'set-aside' });
    const second = await lab().queue(undefined, { VIDIVERSE_JOBS_KEEP_FINISHED: '60' });
    await until('the old one is gone', async () => (await second.get(old)) === null);
    expect([await second.get(aside), await second.get(recent)]).not.toContain(null);
  });
}
