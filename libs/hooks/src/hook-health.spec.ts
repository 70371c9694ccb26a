import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { entry, entered, fail, never, score } from '../testing/test-hooks.js';
import { until } from '../testing/until.js';
import { HookRegistry } from './hook-registry.js';
import { refuse } from './verdict.js';

const LIMIT = 3;
let registry: HookRegistry;
const row = () => registry.health()[0]!;

const open = (setAsideMs: number) => {
  registry = new HookRegistry({ failureLimit: LIMIT, setAsideMs });
};
const warnings: string[] = [];
beforeAll(() =>
  Logger.overrideLogger({ log() {}, error() {}, warn: (said: string) => void warnings.push(said) }),
);
beforeEach(() => {
  open(60_000);
  warnings.length = 0;
});

async function times(count: number, call: () => unknown): Promise<void> {
  for (let done = 0; done < count; done++) await call();
}

describe('for administrators', () => {
  test('each handler has its calls, failures, timeouts, times and last error', async () => {
    const answers = [() => 1, fail, never];
    registry.add({ plugin: 'some', hook: score, order: 2, timeoutMs: 200, handle: () => answers.shift()!() });
    await times(3, () => registry.filter(score, 0));
    expect(row()).toMatchObject({
      plugin: 'some',
      hook: score.name,
      kind: 'filter',
      order: 2,
      budgetMs: 200,
    });
    expect(row()).toMatchObject({ calls: 3, failures: 2, timeouts: 1, skipped: 0, setAsideUntil: null });
    expect(row()).toMatchObject({
      lastError: 'it took longer than its 200 ms',
      lastFailedAt: expect.any(Date),
    });
    expect(row().longestMs).toBeGreaterThan(190);
    expect(row().totalMs).toBeGreaterThanOrEqual(row().longestMs);
  });

  test('an error is its message only, on one line and cut', async () => {
    const handle = () => {
      throw new Error(`first\n\tsecond ${'😀'.repeat(1000)}`);
    };
    registry.add({ plugin: 'some', hook: score, handle });
    await registry.filter(score, 0);
    expect(row().lastError).toMatch(/^first second 😀+$/u);
    expect([...row().lastError!]).toHaveLength(500);
  });

  test('a handler that fails is logged with its plugin: the first time and when it is set aside', async () => {
    registry.add({ plugin: 'some', hook: score, handle: fail });
    await times(LIMIT + 2, () => registry.filter(score, 0));
    expect(warnings).toEqual([
      'plugin some, hook test.score.add: broken',
      'plugin some, hook test.score.add: broken; set aside for 60000 ms',
    ]);
  });

  test('a verdict of a plugin is cut as well', async () => {
    registry.add({ plugin: 'some', hook: entry, handle: () => refuse('no '.repeat(1000)) });
    expect(await registry.guard(entry, { who: '' })).toMatchObject({
      reason: 'no '.repeat(167).slice(0, 500),
    });
  });
});

describe('a handler that fails too often in a row', () => {
  test('is set aside: a filter goes on without it', async () => {
    registry.add({ plugin: 'some', hook: score, handle: fail });
    await times(LIMIT + 2, () => registry.filter(score, 0));
    expect(row()).toMatchObject({ calls: LIMIT, failures: LIMIT, skipped: 2 });
    expect(row().setAsideUntil!.getTime()).toBeGreaterThan(Date.now());
  });

  test('is not set aside when it succeeds in between', async () => {
    const answers = [fail, fail, () => 1, fail, fail, () => 1];
    registry.add({ plugin: 'some', hook: score, handle: () => answers.shift()!() });
    await times(6, () => registry.filter(score, 0));
    expect(row()).toMatchObject({ calls: 6, skipped: 0, setAsideUntil: null });
  });

  test('still holds as a guard, at once and without being called', async () => {
    registry.add({ plugin: 'some', hook: entry, timeoutMs: 20, handle: never });
    await times(LIMIT, () => registry.guard(entry, { who: '' }));
    const { totalMs } = row();
    expect(await registry.guard(entry, { who: '' })).toEqual({
      decision: 'hold',
      reason: 'The plugin some could not decide.',
      plugin: 'some',
    });
    expect(row()).toMatchObject({ calls: LIMIT, skipped: 1, totalMs });
  });

  test('hears no events meanwhile, and the others do', async () => {
    const heard: string[] = [];
    registry.add({ plugin: 'some', hook: entered, handle: fail });
    registry.add({ plugin: 'zz', hook: entered, handle: ({ who }) => void heard.push(who) });
    for (const who of ['a', 'b', 'c', 'd']) {
      registry.emit(entered, { who });
      await registry.settle();
    }
    expect(heard).toEqual(['a', 'b', 'c', 'd']);
    expect(row()).toMatchObject({ calls: LIMIT, skipped: 1 });
  });

  test('does not take another handler of the same plugin with it', async () => {
    registry.add({ plugin: 'some', hook: score, handle: fail });
    registry.add({ plugin: 'some', hook: score, handle: (value) => value + 1 });
    await times(LIMIT, () => registry.filter(score, 0));
    expect(await registry.filter(score, 0)).toBe(1);
  });

  test('is tried again after a while, and is back when that goes well', async () => {
    open(30);
    let isBroken = true;
    registry.add({ plugin: 'some', hook: score, handle: (value) => (isBroken ? fail() : value + 1) });
    await times(LIMIT, () => registry.filter(score, 0));
    isBroken = false;
    await until(async () => (await registry.filter(score, 0)) === 1);
    await times(LIMIT, () => registry.filter(score, 0));
    expect(row()).toMatchObject({ failures: LIMIT, calls: 2 * LIMIT + 1, setAsideUntil: null });
  });

  test('is tried by one call alone, which sets it aside again when it fails', async () => {
    open(300);
    let called = 0;
    registry.add({ plugin: 'some', hook: score, handle: () => (called++, fail()) });
    await times(LIMIT, () => registry.filter(score, 0));
    await until(() => row().setAsideUntil === null);
    await Promise.all([1, 2, 3, 4].map(() => registry.filter(score, 0)));
    expect(called).toBe(LIMIT + 1);
    expect(row().skipped).toBe(3);
  });
});
