import { expect, test } from '@jest/globals';
import { seedsOfMagnet, WebSeeds } from './web-seeds';

const A = 'https://a.example/1.mp4';
const B = 'https://b.example/1.mp4';
const C = 'https://c.example/1.mp4';

/** Once what copies send can be checked. */
function makeSeeds(): WebSeeds {
  const seeds = new WebSeeds(A, [B]);
  seeds.useCopies();
  return seeds;
}

test('the faster of two measured seeds is asked', () => {
  const seeds = makeSeeds();
  seeds.succeeded(A, 1000, 100);
  seeds.succeeded(B, 5000, 100);
  expect(seeds.best()).toBe(B);
});

test('a seed that failed rests while there is another', () => {
  const seeds = makeSeeds();
  seeds.failed(A, 0);
  expect(seeds.best(1000)).toBe(B);
  expect(seeds.hasAlternative(A, 1000)).toBe(true);
  expect(seeds.hasAlternative(B, 1000)).toBe(false);
});

test('when all failed, the one whose rest ends first is tried', () => {
  const seeds = makeSeeds();
  seeds.failed(B, 0);
  seeds.failed(A, 500);
  expect(seeds.best(1000)).toBe(B);
});

test('before what copies send can be checked, the file’s own address is asked as long as it answers', () => {
  const seeds = new WebSeeds(A, [B]);
  seeds.succeeded(A, 1, 100);
  expect(seeds.best()).toBe(A);
  seeds.failed(A);
  expect(seeds.best()).toBe(B);
});

test('a seed that was dropped is not asked again, whatever is listed', () => {
  const seeds = new WebSeeds(A, [B]);
  seeds.drop(B);
  seeds.list([B, C]);
  expect([seeds.has(A), seeds.has(B), seeds.has(C)]).toEqual([true, false, true]);
});

test('the file’s own address is never given up', () => {
  const seeds = new WebSeeds(A, [B]);
  seeds.drop(A);
  seeds.list([]);
  expect(seeds.best()).toBe(A);
});

test('what is known of a seed stays when it is listed again', () => {
  const seeds = makeSeeds();
  seeds.succeeded(A, 1000, 100);
  seeds.succeeded(B, 5000, 100);
  seeds.list([B]);
  seeds.succeeded(C, 9000, 1);
  expect(seeds.best()).toBe(B);
});

test('a magnet link names its seeds', () => {
  const magnet = `magnet:?xt=urn:btih:abc&ws=${encodeURIComponent(A)}&ws=${encodeURIComponent(B)}`;
  expect(seedsOfMagnet(magnet)).toEqual([A, B]);
  expect(seedsOfMagnet('')).toEqual([]);
});
