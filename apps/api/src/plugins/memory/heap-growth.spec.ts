import { expect, test } from '@jest/globals';
import { HeapGrowth } from './heap-growth.js';

test('growth counts from the least that was ever in use', () => {
  const inUse = [50, 40, 139, 140, 60];
  const growth = new HeapGrowth(100, () => inUse.shift()!);
  expect([1, 2, 3, 4, 5].map(() => growth.isSuspicious())).toEqual([false, false, false, true, false]);
});

test('without a threshold there is always a reason to look', () => {
  expect(new HeapGrowth(0).isSuspicious()).toBe(true);
});
