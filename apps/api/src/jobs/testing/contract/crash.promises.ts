import { expect, test } from '@jest/globals';
import { setTimeout as after } from 'node:timers/promises';
import { defineJob, type JobQueue } from '../../job-queue.js';
import { endless, quick } from '../test-kinds.js';
import { Gate, until } from '../until.js';
import type { Lab } from './use-lab.js';

const long = defineJob<null>({ name: 'test.long', attempts: 1 });
const KILL_LIMIT = 240_000;

export function crashPromises(lab: Lab): void {
  test(
    'killed in the middle of a job (kill -9): the job runs again',
    async () => {
      const victim = await lab().process();
      const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
      const id = await adder.add(endless, { text: 'again' });
      await victim.says(`began ${id}`);
      await victim.kill();
      const seen: string[] = [];
      const worker = await lab().queue((queue) =>
        queue.process(endless, async ({ payload }) => void seen.push(payload.text)),
      );
      await until('it is done', async () => (await worker.get(id))?.state === 'completed');
      expect(seen).toEqual(['again']);
      expect(await worker.get(id)).toMatchObject({ crashes: 1, attempts: 0 });
    },
    KILL_LIMIT,
  );

  test(
    'killed after a job was finished: that one does not run again',
    async () => {
      const victim = await lab().process();
      const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
      const done = await adder.add(quick, { number: 1 });
      await until('it is done', async () => (await adder.get(done))?.state === 'completed');
      const interrupted = await adder.add(endless, { text: '' });
      await victim.says(`began ${interrupted}`);
      await victim.kill();
      const seen: string[] = [];
      const worker = await lab().queue((queue) => {
        queue.process(quick, async ({ id }) => void seen.push(id));
        queue.process(endless, async ({ id }) => void seen.push(id));
      });
      await until(
        'the other one is done',
        async () => (await worker.get(interrupted))?.state === 'completed',
      );
      await worker.untilIdle();
      expect(seen).toEqual([interrupted]);
    },
    KILL_LIMIT,
  );

  test(
    'a job that kills its process three times is set aside, until somebody asks for it',
    async () => {
      const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
      const id = await adder.add(endless, { text: '' });
      for (let kill = 1; kill <= 3; kill++) {
        const victim = await lab().process();
        await victim.says(`began ${id}`);
        await victim.kill();
      }
      let ran = 0;
      const worker = await lab().queue((queue) => queue.process(endless, async () => void ran++));
      await until('it is set aside', async () => (await worker.get(id))?.state === 'set-aside');
      await worker.untilIdle();
      expect([ran, (await worker.get(id))?.crashes]).toEqual([0, 3]);
      expect(await worker.retry(id)).toBe(true);
      await until('it is done', async () => (await worker.get(id))?.state === 'completed');
      expect([ran, (await worker.get(id))?.crashes]).toEqual([1, 0]);
    },
    KILL_LIMIT,
  );

  test('a job longer than the lease stays with its process', async () => {
    const begun: string[] = [];
    const register = (queue: JobQueue) =>
      queue.process(long, async ({ id }) => {
        begun.push(id);
        await after(2500);
      });
    const queue = await lab().queue(register);
    await lab().queue(register);
    const id = await queue.add(long, null);
    await queue.untilIdle();
    expect(begun).toEqual([id]);
    expect(await queue.get(id)).toMatchObject({ state: 'completed', crashes: 0 });
  });

  test('who lost the lease is told so, and what it still writes is refused', async () => {
    const gate = new Gate();
    let began = false;
    let told: unknown;
    const queue = await lab().queue((queue) =>
      queue.process(long, async ({ signal, progress }) => {
        began = true;
        signal.addEventListener('abort', () => (told = signal.reason));
        await gate.opened;
        await progress(77);
      }),
    );
    const id = await queue.add(long, null);
    // A row is active a little before its handler runs: a lease taken in between is not lost but was never had.
    await until('it runs', () => began);
    const others = { leaseHolder: 'somebody else', leaseUntil: Date.now() + 3600_000 };
    await lab().dataSource.getRepository('JobEntity').update(id, others);
    await until('it is told', () => told !== undefined);
    gate.open();
    await lab().stop(queue);
    expect(String(told)).toContain('lease lost');
    expect(await queue.get(id)).toMatchObject({ state: 'active', progress: 0 });
  });
}
