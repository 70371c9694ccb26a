import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { entered, entry, fail, never, page, score } from '../testing/test-hooks.js';
import type { AnyHook, HandlerOf } from './hook.js';
import { HookRegistry } from './hook-registry.js';

const BUDGET = 20;
const WHO = { who: 'anna' };
const HELD = { decision: 'hold', reason: 'The plugin bad could not decide.', plugin: 'bad' };

let registry: HookRegistry;
const row = () => registry.health().find(({ plugin }) => plugin === 'bad')!;

/** A handler that has little time; the others of a test have their usual time, as machines may be slow. */
const bad = <Hook extends AnyHook>(hook: Hook, handle: HandlerOf<Hook>) =>
  registry.add({ plugin: 'bad', hook, timeoutMs: BUDGET, handle });

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  registry = new HookRegistry();
});

/** Ways to fail, each with what administrators read. */
const FAILURES: Array<[string, () => never | Promise<never>, string]> = [
  ['throws', fail, 'broken'],
  ['rejects', async () => fail(), 'broken'],
  ['throws what is no error', () => { throw 'a word'; }, 'a word'], // prettier-ignore
  ['throws what cannot be shown', () => { throw Object.create(null); }, 'cannot be shown'], // prettier-ignore
  ['never answers', never, `longer than its ${BUDGET} ms`],
];
/** Answers that a plugin without a compiler may give. */
const NONSENSE: unknown[] = [
  undefined,
  null,
  'ten',
  [10],
  { ten: 10 },
  NaN,
  true,
  Promise.resolve(undefined),
];

describe('a filter keeps its old value', () => {
  test.each(FAILURES)('when a handler %s, and goes on with the next', async (_, handle, said) => {
    registry.add({ plugin: 'a', hook: score, handle: (value) => value + 1 });
    bad(score, handle);
    registry.add({ plugin: 'c', hook: score, handle: (value) => value * 10 });
    expect(await registry.filter(score, 1)).toBe(20);
    expect(row()).toMatchObject({ failures: 1, lastError: expect.stringContaining(said) });
  });

  test.each(NONSENSE)('when a handler answers %p in place of a number', async (answer) => {
    bad(score, () => answer as number);
    expect(await registry.filter(score, 1)).toBe(1);
    expect(row().failures).toBe(1);
  });

  test('when a handler answers what is nested in itself', async () => {
    const knot = { total: 1, rows: [] as unknown[] };
    knot.rows.push(knot);
    bad(page, () => knot as never);
    expect(await registry.filter(page, { total: 0, rows: [] }, { viewer: '' })).toEqual({
      total: 0,
      rows: [],
    });
  });
});

describe('a guard holds, names the plugin and keeps the error for administrators', () => {
  test.each(FAILURES)('when a handler %s', async (_, handle, said) => {
    bad(entry, handle);
    expect(await registry.guard(entry, WHO)).toEqual(HELD);
    expect(row()).toMatchObject({ failures: 1, lastError: expect.stringContaining(said) });
  });

  test.each([null, true, false, 'allow', {}, { decision: 'maybe' }, { decision: 'refuse' }, { allow: true }])(
    'when a handler answers %p, which is no verdict',
    async (answer) => {
      bad(entry, () => answer as never);
      expect(await registry.guard(entry, WHO)).toEqual(HELD);
      expect(row()).toMatchObject({ failures: 1, lastError: 'it answered no verdict' });
    },
  );
});

describe('an event', () => {
  test.each(FAILURES)('reaches the others when a handler %s', async (_, handle, said) => {
    const heard: string[] = [];
    bad(entered, handle);
    registry.add({ plugin: 'c', hook: entered, handle: ({ who }) => void heard.push(who) });
    registry.emit(entered, WHO);
    await registry.settle();
    expect(heard).toEqual(['anna']);
    expect(row()).toMatchObject({ failures: 1, lastError: expect.stringContaining(said) });
  });

  test('is waited for when everything settles, with those that it causes', async () => {
    const heard: string[] = [];
    registry.add({
      plugin: 'a',
      hook: entered,
      handle: async ({ who }) => {
        await new Promise(setImmediate);
        if (heard.push(who) < 3) registry.emit(entered, { who: `${who}!` });
      },
    });
    registry.emit(entered, WHO);
    await registry.settle();
    expect(heard).toEqual(['anna', 'anna!', 'anna!!']);
  });
});

test.each([
  [{ order: NaN }, 'has the order NaN'],
  [{ timeoutMs: 0 }, 'timeoutMs, which is 1 to 600000'],
  [{ timeoutMs: 600_001 }, 'timeoutMs'],
  [{ handle: 'a word' as never }, 'is no function'],
])('a handler with %p is refused with what is wrong', (wrong, said) => {
  const right = { plugin: 'bad', hook: score, handle: (value: number) => value };
  expect(() => registry.add({ ...right, ...wrong })).toThrow(said);
  expect(registry.hasHandlers(score)).toBe(false);
});
