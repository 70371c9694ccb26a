import { expect, test } from '@jest/globals';
import { seedHealth, seedTrouble } from './seeds';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const WELL = {
  errors: 0,
  failureRate: 0,
  throughput: 2_500_000,
  checkedAt: '2026-11-24T11:00:00Z',
  checkDueAt: '2026-11-24T14:00:00Z',
  lastError: null,
};

test('a seed that is well says when it was looked at, how fast it is, and when it is looked at again', () => {
  expect(seedHealth(WELL, NOW)).toBe('Looked at 1 hour ago, again in 2 hours · 2.5 MB/s');
  expect(seedTrouble(WELL)).toBeNull();
});

test('a seed that was dropped says why, and that nobody looks again', () => {
  const dropped = { ...WELL, errors: 5, failureRate: 0.83, checkDueAt: null, lastError: 'It answered 404.' };
  expect(seedHealth(dropped, NOW)).toBe(
    'Looked at 1 hour ago, not again · 2.5 MB/s · 83 % of the looks failed lately',
  );
  expect(seedTrouble(dropped)).toBe('Failed 5 times in a row: It answered 404.');
});

test('a seed that nobody has looked at says so', () => {
  expect(seedHealth({ ...WELL, checkedAt: null, throughput: null }, NOW)).toBe('It is looked at soon.');
});
