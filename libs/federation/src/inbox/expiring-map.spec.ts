import { expect, test } from '@jest/globals';
import { ExpiringMap } from './expiring-map.js';

const open = (maxSize: number) => {
  const clock = { now: 0 };
  return { clock, map: new ExpiringMap<number>(maxSize, () => clock.now) };
};

test('what is remembered is forgotten when its time has passed', () => {
  const { clock, map } = open(10);
  map.set('a', 1, 100);
  clock.now = 99;
  expect([map.get('a'), map.remaining('a')]).toEqual([1, 1]);
  clock.now = 100;
  expect([map.get('a'), map.remaining('a'), map.size]).toEqual([undefined, 0, 0]);
});

test('however many strangers come, no more is remembered than a number, the latest ones', () => {
  const { map } = open(50);
  for (let host = 0; host < 100_000; host++) map.set(`https://dead-${host}.example/`, host, 1_000_000);
  expect(map.size).toBe(50);
  expect([map.get('https://dead-0.example/'), map.get('https://dead-99999.example/')]).toEqual([
    undefined,
    99_999,
  ]);
});

test('what is remembered anew counts as new', () => {
  const { map } = open(2);
  for (const key of ['a', 'b', 'a', 'c']) map.set(key, 1, 100);
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 1]);
});
