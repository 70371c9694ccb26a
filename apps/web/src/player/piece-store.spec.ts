import { expect, test } from '@jest/globals';
import { PieceStore } from './piece-store';

test('a full store gives up the piece that was used longest ago, and says so', () => {
  const evicted: number[] = [];
  const store = new PieceStore(30, (index) => evicted.push(index));
  for (const index of [0, 1, 2]) store.put(index, new Uint8Array(10));
  store.get(0);
  store.put(3, new Uint8Array(10));
  expect(evicted).toEqual([1]);
  expect([store.get(0), store.get(1)].map(Boolean)).toEqual([true, false]);
});

test('putting a piece again does not count it twice', () => {
  const evicted: number[] = [];
  const store = new PieceStore(20, (index) => evicted.push(index));
  store.put(0, new Uint8Array(10));
  store.put(0, new Uint8Array(10));
  store.put(1, new Uint8Array(10));
  expect(evicted).toEqual([]);
});
