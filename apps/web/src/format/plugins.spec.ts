import { expect, test } from '@jest/globals';
import type { HandlerHealth, Plugin } from '../api/plugin-types';
import { formatMilliseconds, handlerFailures, meanTime, pluginNotes, setAside, shortHash } from './plugins';

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
