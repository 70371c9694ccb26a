import { expect, test } from '@jest/globals';
import { formatAgo, formatBytes, formatDuration, formatRemaining, spokenDuration } from './index';

test.each([
  [0, '0:00', '0 seconds'],
  [65.9, '1:05', '1 minute 5 seconds'],
  [3723, '1:02:03', '1 hour 2 minutes 3 seconds'],
])('%d seconds are shown as %s and said as %s', (seconds, shown, said) => {
  expect(formatDuration(seconds)).toBe(shown);
  expect(spokenDuration(seconds)).toBe(said);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [8.59e9, '8.6 GB'],
  [123_456_789, '123 MB'],
])('%d bytes are shown as %s', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown);
});

test('ages are rounded down to their largest unit', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  expect(formatAgo('2026-11-24T11:59:30Z', now)).toBe('just now');
  expect(formatAgo('2026-11-23T11:00:00Z', now)).toBe('yesterday');
  expect(formatAgo('2026-11-03T12:00:00Z', now)).toBe('3 weeks ago');
});

test('a time left that cannot be told is not told', () => {
  expect(formatRemaining(Number.POSITIVE_INFINITY)).toBe('working out how long');
  expect(formatRemaining(90)).toBe('about 2 min left');
});
