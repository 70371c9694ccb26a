import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';

interface Pair {
  a: number;
}

test('passes', () => expect(1).toBe(1));
test('fails', () => expect({ a: 1 } satisfies Pair).toEqual({ a: 2 }));
test('never ends', () => new Promise(() => undefined), 200);
test('throws where nobody listens', async () => {
  setTimeout(() => {
    throw new Error('from a timer');
  });
  await pause(50);
});
test('rejects where nobody listens', async () => {
  void Promise.reject(new Error('from a promise'));
  await pause(50);
});
test.skip('is skipped', () => undefined);
describe('a block whose set-up fails', () => {
  beforeAll(() => {
    throw new Error('no set-up');
  });
  test('fails with it', () => undefined);
});
describe('a block that ends badly', () => {
  afterAll(() => {
    throw new Error('no end');
  });
  test('passes', () => undefined);
});
describe('of several cases', () => {
  test.each([[1], [2]])('is %i', (n) => expect(n).toBeGreaterThan(0));
});
