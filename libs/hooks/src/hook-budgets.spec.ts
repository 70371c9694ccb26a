import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { block, entered, entry, score } from '../testing/test-hooks.js';
import { until } from '../testing/until.js';
import { HookRegistry } from './hook-registry.js';
import { allow } from './verdict.js';

const BUDGET = 20;

let registry: HookRegistry;
const row = () => registry.health().find(({ plugin }) => plugin === 'bad')!;
const slow = { plugin: 'bad', timeoutMs: BUDGET };

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  registry = new HookRegistry();
});

/** Longer than the budget, and without keeping the event loop to itself. */
async function later(value: number): Promise<number> {
  const began = performance.now();
  await until(() => performance.now() > began + 2 * BUDGET);
  return value + 1;
}

describe('a handler has the time', () => {
  test('of its kind', async () => {
    registry = new HookRegistry({ filterBudgetMs: BUDGET, guardBudgetMs: 1, eventBudgetMs: 2 });
    registry.add({ plugin: 'a', hook: score, handle: later });
    registry.add({ plugin: 'b', hook: entry, handle: () => undefined });
    registry.add({ plugin: 'c', hook: entered, handle: () => {} });
    expect(await registry.filter(score, 1)).toBe(1);
    expect(registry.health().map(({ budgetMs }) => budgetMs)).toEqual([BUDGET, 1, 2]);
  });

  test('that it asks for', async () => {
    registry = new HookRegistry({ filterBudgetMs: BUDGET });
    registry.add({ plugin: 'a', hook: score, timeoutMs: 60_000, handle: later });
    expect(await registry.filter(score, 1)).toBe(2);
  });
});

describe('a handler that blocks the event loop for longer than its budget', () => {
  test('has failed as a filter, whatever it answers', async () => {
    registry.add({ ...slow, hook: score, handle: () => (block(2 * BUDGET), 7) });
    expect(await registry.filter(score, 1)).toBe(1);
    expect(row()).toMatchObject({ timeouts: 1, failures: 1 });
  });

  test('has failed as well when it blocks after a promise, before the timer had its turn', async () => {
    const handle = async () => (await Promise.resolve(), block(2 * BUDGET), 7);
    registry.add({ ...slow, hook: score, handle });
    expect(await registry.filter(score, 1)).toBe(1);
    expect(row()).toMatchObject({ timeouts: 1, failures: 1 });
  });

  test('holds as a guard, even if it allows', async () => {
    registry.add({ ...slow, hook: entry, handle: () => (block(2 * BUDGET), allow()) });
    expect(await registry.guard(entry, { who: '' })).toMatchObject({ decision: 'hold', plugin: 'bad' });
    expect(row()).toMatchObject({ timeouts: 1, failures: 1 });
  });
});

describe('what comes too late', () => {
  test('is not applied, also when others are still at work', async () => {
    let answer = (_: number) => {};
    registry.add({
      ...slow,
      hook: score,
      handle: () => new Promise<number>((resolve) => (answer = resolve)),
    });
    registry.add({ plugin: 'c', hook: score, handle: async (value) => (answer(7), later(value)) });
    expect(await registry.filter(score, 1)).toBe(2);
    expect(row()).toMatchObject({ calls: 1, failures: 1, timeouts: 1 });
  });

  test('hurts nobody when it is an error', async () => {
    let refuse = (_: Error) => {};
    registry.add({
      ...slow,
      hook: score,
      handle: () => new Promise<number>((_, reject) => (refuse = reject)),
    });
    await registry.filter(score, 1);
    refuse(new Error('late'));
    // Jest fails a test in which nobody handles a rejection.
    await new Promise(setImmediate);
    expect(row()).toMatchObject({ calls: 1, failures: 1, timeouts: 1 });
  });
});
