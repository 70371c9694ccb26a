import { expect, test } from '@jest/globals';
import { setTimeout as after } from 'node:timers/promises';
import { defineJob, type RunningJob } from '../../job-queue.js';
import { Gate, until } from '../until.js';
import type { Lab } from './use-lab.js';

const work = defineJob<string>({ name: 'test.work', attempts: 1 });

export function lifecyclePromises(lab: Lab): void {
  test('only processes in role worker run jobs', async () => {
    const ran: string[] = [];
    const register = (name: string) => (queue: { process: (typeof web)['process'] }) =>
      queue.process(work, async () => void ran.push(name));
    const web = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web,tracker' });
    register('web')(web);
    await web.add(work, 'x');
    const worker = await lab().queue(register('worker'), { VIDIVERSE_ROLES: 'worker' });
    await worker.untilIdle();
    expect(ran).toEqual(['worker']);
  });

  test('a kind with two handlers is refused', async () => {
    const starting = lab().queue((queue) => {
      queue.process(work, async () => {});
      queue.process(work, async () => {});
    });
    await expect(starting).rejects.toThrow('The job kind test.work has two handlers');
  });

  test('jobs of a kind nobody handles are left alone, and others run', async () => {
    const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
    const id = await adder.add(defineJob<null>({ name: 'test.unknown' }), null);
    let ran = 0;
    const worker = await lab().queue((queue) => queue.process(work, async () => void ran++));
    await worker.add(work, 'x');
    await worker.untilIdle();
    expect([ran, (await worker.get(id))?.state]).toEqual([1, 'waiting']);
  });

  test('a paused queue begins nothing in any process, also after a restart, until it is resumed', async () => {
    const ran: string[] = [];
    const register = (queue: { process: (typeof other)['process'] }) =>
      queue.process(work, async ({ payload }) => void ran.push(payload));
    const other = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
    const before = await lab().queue(register);
    await other.pause();
    await lab().stop(before);
    const worker = await lab().queue(register);
    const id = await worker.add(work, 'held back');
    await after(300);
    expect([ran, (await worker.get(id))?.state]).toEqual([[], 'waiting']);
    await other.resume();
    await until('it ran', () => ran.length === 1);
  });

  test('a process that stops lets its jobs finish within the grace period', async () => {
    const begun = new Gate();
    const gate = new Gate();
    const queue = await lab().queue(
      (queue) =>
        queue.process(work, () => {
          begun.open();
          return gate.opened;
        }),
      { VIDIVERSE_JOBS_SHUTDOWN_GRACE: '60' },
    );
    const id = await queue.add(work, 'x');
    // Not "its row is active": a row that is claimed while the process stops is given back.
    await begun.opened;
    const stopped = lab().stop(queue);
    gate.open();
    await stopped;
    expect((await queue.get(id))?.state).toBe('completed');
  });

  test('a job that does not finish in time goes to another process at once, without a try or crash counted', async () => {
    const stubborn = new Gate();
    const handlers = {
      obedient: ({ signal }: RunningJob<string>) => after(3600_000, undefined, { signal }).then(() => {}),
      stubborn: () => stubborn.opened,
    };
    const first = await lab().queue((queue) =>
      queue.process(work, (job) => handlers[job.payload as keyof typeof handlers](job)),
    );
    const ids = [await first.add(work, 'obedient'), await first.add(work, 'stubborn')];
    await until(
      'both run',
      async () => (await first.list({ state: 'active', start: 0, count: 2 })).total === 2,
    );
    const ran: string[] = [];
    const second = await lab().queue((queue) => queue.process(work, async ({ id }) => void ran.push(id)), {
      VIDIVERSE_JOBS_LEASE: '3600',
    });
    await lab().stop(first);
    await until('both ran elsewhere', () => ran.length === 2, 3000);
    await second.untilIdle();
    stubborn.open();
    expect(ran.sort()).toEqual(ids.sort());
    for (const id of ids)
      expect(await second.get(id)).toMatchObject({ state: 'completed', attempts: 0, crashes: 0 });
  });
}
