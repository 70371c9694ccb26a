import { expect, test } from '@jest/globals';
import { setTimeout as after } from 'node:timers/promises';
import { defineJob, type RunningJob } from '../../job-queue.js';
import { until } from '../until.js';
import type { Lab } from './use-lab.js';

const patient = defineJob<null>({ name: 'test.patient', concurrency: 1 });

/** Works until it is told to stop. */
const untilStopped = async ({ signal }: RunningJob<null>) => {
  await after(3600_000, undefined, { signal });
};

export function cancelPromises(lab: Lab): void {
  test('a waiting job is cancelled and never runs', async () => {
    const ran: string[] = [];
    const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
    const [cancelled, kept, delayed] = [
      await adder.add(patient, null),
      await adder.add(patient, null),
      await adder.add(patient, null, { delay: 100 }),
    ];
    expect([await adder.cancel(cancelled), await adder.cancel(delayed)]).toEqual([true, true]);
    const worker = await lab().queue((queue) => queue.process(patient, async ({ id }) => void ran.push(id)));
    await worker.untilIdle();
    expect(ran).toEqual([kept]);
    expect((await worker.get(cancelled))?.state).toBe('cancelled');
    expect((await worker.get(delayed))?.state).toBe('cancelled');
  });

  test('a running job is told to stop and is cancelled, not tried again', async () => {
    const queue = await lab().queue((queue) => queue.process(patient, untilStopped));
    const id = await queue.add(patient, null);
    await until('it runs', async () => (await queue.get(id))?.state === 'active');
    expect(await queue.cancel(id)).toBe(true);
    await until('it is cancelled', async () => (await queue.get(id))?.state === 'cancelled');
    expect((await queue.get(id))?.attempts).toBe(0);
    await queue.untilIdle();
  });

  test('a job that runs in another process is told to stop too', async () => {
    const worker = await lab().queue((queue) => queue.process(patient, untilStopped));
    const other = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
    const id = await worker.add(patient, null);
    await until('it runs', async () => (await other.get(id))?.state === 'active');
    expect(await other.cancel(id)).toBe(true);
    await until('it is cancelled', async () => (await other.get(id))?.state === 'cancelled');
  });

  test('what was cancelled can be put back', async () => {
    let ran = 0;
    const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
    const id = await adder.add(patient, null);
    await adder.cancel(id);
    const worker = await lab().queue((queue) => queue.process(patient, async () => void ran++));
    expect(await worker.retry(id)).toBe(true);
    await worker.untilIdle();
    expect([ran, (await worker.get(id))?.state]).toEqual([1, 'completed']);
  });
}
