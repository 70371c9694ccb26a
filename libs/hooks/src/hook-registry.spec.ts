import { beforeEach, describe, expect, test } from '@jest/globals';
import { entered, entry, page, score } from '../testing/test-hooks.js';
import { HookRegistry } from './hook-registry.js';
import { allow, hold, refuse } from './verdict.js';

let registry: HookRegistry;

beforeEach(() => {
  registry = new HookRegistry();
});

const WHO = { who: 'anna' };

describe('a hook without handlers', () => {
  test('gives a filter its value back at once', () => {
    const value = { total: 0, rows: [] };
    expect(registry.filter(page, value, { viewer: 'anna' })).toBe(value);
    expect(Object.isFrozen(value)).toBe(false);
  });

  test('lets a guard pass at once', () => {
    expect(registry.guard(entry, WHO)).toEqual({ decision: 'allow' });
  });

  test('makes no work of an event', async () => {
    registry.emit(entered, WHO);
    await registry.settle();
    expect(registry.health()).toEqual([]);
  });

  test('says so', () => {
    expect(registry.hasHandlers(score)).toBe(false);
    registry.add({ plugin: 'one', hook: score, handle: (value) => value });
    expect(registry.hasHandlers(score)).toBe(true);
    registry.remove('one');
    expect(registry.hasHandlers(score)).toBe(false);
  });
});

describe('handlers are called', () => {
  test('by their order, then by the name of the plugin, then as they were added', async () => {
    const called: string[] = [];
    const add = (plugin: string, order: number | undefined, mark: string) =>
      registry.add({ plugin, hook: score, order, handle: (value) => (called.push(mark), value) });
    add('b', undefined, 'b');
    add('a-plugin', 0, 'a-plugin');
    add('late', 5, 'late');
    add('z', -1.5, 'early');
    add('a', 0, 'a, first');
    add('a', 0, 'a, second');
    await registry.filter(score, 0);
    expect(called).toEqual(['early', 'a, first', 'a, second', 'a-plugin', 'b', 'late']);
  });

  test('in the same order for an event, none waiting for another', async () => {
    const seen: string[] = [];
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    registry.add({ plugin: 'a', hook: entered, handle: async () => (seen.push('a'), opened) });
    registry.add({ plugin: 'b', hook: entered, handle: () => (seen.push('b'), open()) });
    registry.emit(entered, WHO);
    expect(seen).toEqual([]);
    await registry.settle();
    expect(seen).toEqual(['a', 'b']);
  });

  test('of one registry only: two instances share nothing', async () => {
    new HookRegistry().add({ plugin: 'one', hook: score, handle: () => 7 });
    expect(await registry.filter(score, 1)).toBe(1);
  });
});

describe('a filter', () => {
  test('goes through all handlers, promised or not, each with the value of the one before', async () => {
    registry.add({ plugin: 'a', hook: score, handle: (value) => value + 1 });
    registry.add({ plugin: 'b', hook: score, handle: async (value) => value * 10 });
    expect(await registry.filter(score, 1)).toBe(20);
  });

  test('gives each handler the context', async () => {
    registry.add({
      plugin: 'a',
      hook: page,
      handle: (_, { viewer }) => ({ total: 1, rows: [{ name: viewer }] }),
    });
    expect(await registry.filter(page, { total: 0, rows: [] }, { viewer: 'anna' })).toEqual({
      total: 1,
      rows: [{ name: 'anna' }],
    });
  });
});

describe('a guard', () => {
  test('passes when nobody objects', async () => {
    registry.add({ plugin: 'a', hook: entry, handle: () => undefined });
    registry.add({ plugin: 'b', hook: entry, handle: async () => allow() });
    expect(await registry.guard(entry, WHO)).toEqual({ decision: 'allow' });
  });

  test('is decided by the first verdict other than allow, which names its plugin', async () => {
    registry.add({ plugin: 'a', hook: entry, handle: () => allow() });
    registry.add({ plugin: 'b', hook: entry, handle: async () => hold('not now') });
    registry.add({ plugin: 'c', hook: entry, handle: () => refuse('never') });
    expect(await registry.guard(entry, WHO)).toEqual({ decision: 'hold', reason: 'not now', plugin: 'b' });
  });
});

describe('a plugin that is switched off', () => {
  test('is called by no hook any more, and forgotten', async () => {
    registry.add({ plugin: 'off', hook: score, handle: () => 7 });
    registry.add({ plugin: 'on', hook: score, handle: (value) => value + 1 });
    registry.add({ plugin: 'off', hook: entry, handle: () => refuse('no') });
    registry.remove('off');
    expect(await registry.filter(score, 1)).toBe(2);
    expect(registry.guard(entry, WHO)).toEqual({ decision: 'allow' });
    expect(registry.health().map(({ plugin }) => plugin)).toEqual(['on']);
  });

  test('is not called by what is under way either', async () => {
    registry.add({ plugin: 'a', hook: score, handle: (value) => (registry.remove('b'), value) });
    registry.add({ plugin: 'b', hook: score, handle: () => 7 });
    expect(await registry.filter(score, 1)).toBe(1);
  });
});
