import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type AnyHook, type HookRegistry, videoListAsked, videoShown } from '@vidiverse/hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Config } from '../../config/config.js';
import type { DataVersion } from '../../database/data-version.js';
import { ResponseCache } from './response-cache.js';

/** Milliseconds. */
const AGE = 50;
const SIZE = 100;

describe('kept answers', () => {
  /** Milliseconds: a clock that stands still unless it is moved. */
  let now: number;
  let data: { current: number };
  let made: number;
  let cache: ResponseCache;
  const cacheOf = (responseCacheAge: number) =>
    new ResponseCache(
      { http: { responseCacheAge, responseCacheSize: SIZE } } as Config,
      data as DataVersion,
      { hasHandlers: (hook: AnyHook) => hook === videoShown } as HookRegistry,
    );

  beforeEach(() => {
    now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    data = { current: 0 };
    made = 0;
    cache = cacheOf(AGE);
  });
  afterEach(() => void jest.restoreAllMocks());
  const ask = (key = 'list', hooks: AnyHook[] = [videoListAsked]) =>
    cache.get(key, hooks, async () => {
      made += 1;
      const answer = `${key} ${made}`;
      await nextTurn();
      return answer;
    });

  test('are made once for all who ask meanwhile and afterwards, by key', async () => {
    expect(await Promise.all([ask(), ask(), ask('other')])).toEqual(['list 1', 'list 1', 'other 2']);
    expect(await ask()).toBe('list 1');
  });

  test('are let go once something was written, also while they are being made', async () => {
    const early = ask();
    data.current += 1;
    expect(await Promise.all([early, ask()])).toEqual(['list 1', 'list 2']);
    expect(await ask()).toBe('list 2');
  });

  test('are let go when they are old, and when there is too much of them', async () => {
    expect(await ask()).toBe('list 1');
    now += AGE - 1;
    expect(await ask()).toBe('list 1');
    now += 1;
    expect(await ask()).toBe('list 2');
    await cache.get('long', [], async () => 'x'.repeat(SIZE));
    expect(await ask()).toBe('list 3');
  });

  test('are not kept when a plugin has a say in them, or nobody wants it', async () => {
    const hooks = [videoListAsked, videoShown];
    expect([await ask('one', hooks), await ask('one', hooks)]).toEqual(['one 1', 'one 2']);
    cache = cacheOf(0);
    expect([await ask(), await ask()]).toEqual(['list 3', 'list 4']);
  });

  test('are no failures', async () => {
    const failing = () => cache.get('list', [], () => Promise.reject(new Error('down')));
    await expect(Promise.all([failing(), failing()])).rejects.toThrow('down');
    expect(await ask()).toBe('list 1');
  });
});
