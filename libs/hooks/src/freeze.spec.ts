import { beforeAll, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { page, entered } from '../testing/test-hooks.js';
import { freezeData } from './freeze.js';
import { HookRegistry } from './hook-registry.js';

beforeAll(() => Logger.overrideLogger(false));

const write = (target: unknown, key: string) => ((target as Record<string, unknown>)[key] = 'changed');

describe('a handler cannot hurt others by writing', () => {
  test('into the value or the context of a filter', async () => {
    const registry = new HookRegistry();
    registry.add({ plugin: 'value', hook: page, handle: (value) => (write(value.rows[0], 'name'), value) });
    registry.add({
      plugin: 'context',
      hook: page,
      handle: (value, given) => (write(given, 'viewer'), value),
    });
    const value = { total: 1, rows: [{ name: 'anna' }] };
    expect(await registry.filter(page, value, { viewer: 'ben' })).toEqual({
      total: 1,
      rows: [{ name: 'anna' }],
    });
    expect(registry.health().map(({ lastError }) => lastError)).toEqual([
      expect.stringContaining("read only property 'viewer'"),
      expect.stringContaining("read only property 'name'"),
    ]);
  });

  test('into what the plugin before it has answered, frozen on its surface or not', async () => {
    const registry = new HookRegistry();
    registry.add({
      plugin: 'a',
      hook: page,
      handle: () => Object.freeze({ total: 1, rows: [{ name: 'a' }] }),
    });
    registry.add({ plugin: 'b', hook: page, handle: (value) => (write(value.rows[0], 'name'), value) });
    expect(await registry.filter(page, { total: 0, rows: [] }, { viewer: '' })).toEqual({
      total: 1,
      rows: [{ name: 'a' }],
    });
  });

  test('into its own answer, later', async () => {
    const registry = new HookRegistry();
    const kept = { total: 1, rows: [{ name: 'a' }] };
    registry.add({ plugin: 'a', hook: page, handle: () => kept });
    await registry.filter(page, { total: 0, rows: [] }, { viewer: '' });
    expect(() => write(kept.rows[0], 'name')).toThrow('read only');
  });

  test('into a fact, nor can who told it', async () => {
    const registry = new HookRegistry();
    const heard: string[] = [];
    registry.add({ plugin: 'a', hook: entered, handle: (fact) => void write(fact, 'who') });
    registry.add({ plugin: 'b', hook: entered, handle: ({ who }) => void heard.push(who) });
    const fact = { who: 'anna' };
    registry.emit(entered, fact);
    expect(() => write(fact, 'who')).toThrow('read only');
    await registry.settle();
    expect(heard).toEqual(['anna']);
  });
});

test('what is no plain data stays as it is', () => {
  const data = freezeData({
    at: new Date(0),
    bytes: new Uint8Array(2),
    bare: Object.create(null),
    of: [[{}]],
  });
  expect([data, data.bare, data.of[0]![0]].every(Object.isFrozen)).toBe(true);
  expect([data.at, data.bytes].some(Object.isFrozen)).toBe(false);
});

test('what is nested deeper than 100 levels is refused, and 100 are not', () => {
  const nested = (levels: number) => {
    let data: unknown[] = [];
    for (let level = 0; level < levels; level++) data = [data];
    return data;
  };
  expect(() => freezeData(nested(100))).not.toThrow();
  expect(() => freezeData(nested(101))).toThrow('deeper than 100 levels');
});
