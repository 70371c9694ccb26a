import { expect, test } from '@jest/globals';
import { defineJob } from '../../job-queue.js';
import { NOBODY_DIES } from '../job-lab.js';
import { Gate, until } from '../until.js';
import type { Lab } from './use-lab.js';

const single = defineJob<string>({ name: 'test.single', concurrency: 1 });
const double = defineJob<string>({ name: 'test.double', concurrency: 2 });
const ADDER = { VIDIVERSE_ROLES: 'web' };
const MANY = 200;

export function orderPromises(lab: Lab): void {
  test('smaller priorities run first, equal ones in the order they were added', async () => {
    const adder = await lab().queue(undefined, ADDER);
    for (const [name, priority] of [
      ['b1', 0],
      ['c', 10],
      ['a', -5],
      ['b2', 0],
      ['d', 500],
    ] as const) {
      await adder.add(single, name, { priority });
    }
    const seen: string[] = [];
    const worker = await lab().queue((queue) =>
      queue.process(single, async ({ payload }) => void seen.push(payload)),
    );
    await worker.untilIdle();
    expect(seen).toEqual(['a', 'b1', 'b2', 'c', 'd']);
  });

  test('a delayed job waits for its time, also when another process added it, and holds up no other', async () => {
    const seen: Array<[string, number]> = [];
    const worker = await lab().queue((queue) =>
      queue.process(single, async ({ payload }) => void seen.push([payload, Date.now()])),
    );
    const adder = await lab().queue(undefined, ADDER);
    const began = Date.now();
    await worker.add(single, 'own', { delay: 300 });
    const id = await adder.add(single, 'other', { delay: 400 });
    await worker.add(single, 'now');
    expect((await worker.get(id))?.state).toBe('delayed');
    await until('all ran', () => seen.length === 3);
    expect(seen.map(([name]) => name)).toEqual(['now', 'own', 'other']);
    expect(seen[1]![1] - began).toBeGreaterThanOrEqual(300);
    expect(seen[2]![1] - began).toBeGreaterThanOrEqual(400);
  });

  test('a kind has no more jobs at once than it allows, and does not hold up another kind', async () => {
    const gate = new Gate();
    const seen: string[] = [];
    let running = 0;
    let most = 0;
    const queue = await lab().queue((queue) => {
      queue.process(double, async () => {
        most = Math.max(most, ++running);
        await gate.opened;
        running--;
      });
      queue.process(single, async ({ payload }) => void seen.push(payload));
    });
    for (let count = 0; count < 6; count++) await queue.add(double, `${count}`);
    await until('two run', () => running === 2);
    await queue.add(single, 'beside');
    await until('the other kind ran', () => seen.length === 1);
    gate.open();
    await queue.untilIdle();
    expect(most).toBe(2);
  });

  test(`${MANY} jobs on two workers: each runs exactly once`, async () => {
    const seen: string[] = [];
    const register = (queue: { process: (typeof adder)['process'] }) =>
      queue.process(double, async ({ payload }) => void seen.push(payload));
    const adder = await lab().queue(undefined, ADDER);
    const first = await lab().queue(register, NOBODY_DIES);
    await lab().queue(register, NOBODY_DIES);
    const names = Array.from({ length: MANY }, (_, number) => `${number}`);
    await Promise.all(names.map((name) => adder.add(double, name)));
    await first.untilIdle();
    expect(seen.sort()).toEqual(names.sort());
  });
}
