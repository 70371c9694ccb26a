import { expect, test } from '@jest/globals';
import { shareOut } from './seed-shares';

const seed = (url: string, speed: number | null) => ({ url, speed });
const shares = (seeds: Array<ReturnType<typeof seed>>, start = 0, end = 100) =>
  shareOut(seeds, start, end, 10).map(({ seed, start, end }) => [seed, start, end]);

test('one seed gets all', () => {
  expect(shares([seed('a', null)])).toEqual([['a', 0, 100]]);
});

test('as fast, as much; the best begins', () => {
  expect(shares([seed('a', 5), seed('b', 5)])).toEqual([
    ['a', 0, 50],
    ['b', 50, 100],
  ]);
  expect(shares([seed('a', 6), seed('b', 3)])).toEqual([
    ['a', 0, 70],
    ['b', 70, 100],
  ]);
});

test('one that is too slow for a whole unit is not asked', () => {
  expect(shares([seed('a', 99), seed('b', 1)])).toEqual([['a', 0, 100]]);
});

test('one that was never asked gets one unit, the last', () => {
  expect(shares([seed('b', null), seed('a', 5)])).toEqual([
    ['a', 0, 90],
    ['b', 90, 100],
  ]);
});

test('nobody is measured yet: the first begins, the others are tried', () => {
  expect(shares([seed('a', null), seed('b', null), seed('c', null)])).toEqual([
    ['a', 0, 80],
    ['c', 80, 90],
    ['b', 90, 100],
  ]);
});

test('what is shorter than a unit is not shared, and the last unit may be short', () => {
  expect(shares([seed('a', 5), seed('b', 5)], 20, 25)).toEqual([['a', 20, 25]]);
  expect(shares([seed('a', 5), seed('b', 5)], 20, 35)).toEqual([
    ['a', 20, 30],
    ['b', 30, 35],
  ]);
});

test('no seed, no share', () => {
  expect(shares([])).toEqual([]);
});
