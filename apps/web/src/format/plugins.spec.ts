import { expect, test } from '@jest/globals';
import type { HandlerHealth, Plugin, PluginMemory } from '../api/plugin-types';
import {
  formatMilliseconds,
  grownBuffers,
  handlerFailures,
  heldMemory,
  longestTime,
  meanTime,
  pluginNotes,
  setAside,
  shortHash,
} from './plugins';

const handler = (known: Partial<HandlerHealth>) =>
  ({ failures: 0, timeouts: 0, skipped: 0, ...known }) as HandlerHealth;
const plugin = (known: Partial<Plugin>) => ({ failedStarts: 0, enabled: true, ...known }) as Plugin;

test.each([
  [0, '0.0 ms'],
  [0.04, 'under 0.1 ms'],
  [1.25, '1.3 ms'],
  [42.4, '42 ms'],
  [2500, '2.5 s'],
])('%f milliseconds are %s', (milliseconds, text) => {
  expect(formatMilliseconds(milliseconds)).toBe(text);
});

test('a handler that was never called has no mean time', () => {
  expect(meanTime(handler({ calls: 0, totalMs: 0 }))).toBe('-');
  expect(meanTime(handler({ calls: 4, totalMs: 10 }))).toBe('2.5 ms');
  expect(longestTime(handler({ calls: 0, longestMs: 0 }))).toBe('-');
  expect(longestTime(handler({ calls: 4, longestMs: 4 }))).toBe('4.0 ms');
});

test('failures say how many of them came too late', () => {
  expect(handlerFailures(handler({}))).toBe('None');
  expect(handlerFailures(handler({ failures: 1 }))).toBe('1 failure');
  expect(handlerFailures(handler({ failures: 3, timeouts: 2 }))).toBe('3 failures, 2 of them too late');
});

test('a handler is set aside until its time is over', () => {
  const until = '2026-01-01T00:00:00.000Z';
  expect(setAside(handler({ setAsideUntil: until, skipped: 2 }), Date.parse(until) - 1)).toMatch(
    /^It failed/,
  );
  expect(setAside(handler({ setAsideUntil: until, skipped: 2 }), Date.parse(until))).toMatch(
    /^2 calls left out/,
  );
  expect(setAside(handler({ setAsideUntil: null }))).toBeNull();
});

test('an administrator is told of failed starts and of what waits for a restart', () => {
  expect(pluginNotes(plugin({}))).toEqual([]);
  expect(pluginNotes(plugin({ failedStarts: 3, restartNeeded: true, enabled: false }))).toEqual([
    'Its last 3 starts failed.',
    'It is switched off once the server is restarted.',
  ]);
  const installed = { version: '1.1.0' } as Plugin['installed'];
  expect(pluginNotes(plugin({ version: '1.0.0', installed, restartNeeded: true }))).toEqual([
    'Version 1.1.0 runs once the server is restarted.',
  ]);
});

test('of a hash both ends are shown', () => {
  expect(shortHash(`sha512-${'A'.repeat(80)}BCDEFG==`)).toBe('sha512-AAAAAAAA…CDEFG==');
});

const memory = (known: Partial<PluginMemory>) =>
  ({ heldBytes: 0, grownBytes: 0, buffersGrownBytes: 0, isHigh: false, ...known }) as PluginMemory;

test('memory is told with its growth, and with what nobody can be blamed for', () => {
  expect(heldMemory(memory({ heldBytes: 12e6, grownBytes: -1 }))).toBe('It holds 12.0 MB of memory.');
  expect(heldMemory(memory({ heldBytes: 12e6, grownBytes: 2e6 }))).toBe(
    'It holds 12.0 MB of memory, 2.0 MB of it since the first measurement.',
  );
  expect(grownBuffers(memory({ buffersGrownBytes: -5 }))).toBeNull();
  expect(grownBuffers(memory({ buffersGrownBytes: 5e6 }))).toMatch(/whole server have grown by 5.0 MB/);
});

test('an administrator is told of a plugin that holds much memory', () => {
  expect(pluginNotes(plugin({ memory: memory({ heldBytes: 3e8, isHigh: true }) }))).toEqual([
    'It holds 300 MB of memory, which is much.',
  ]);
});
