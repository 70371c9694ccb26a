import { afterEach, expect, test } from '@jest/globals';
import { HeapSampler, type SampledNode } from './heap-sampler.js';

const KIB = 1024;
const BYTES_OF_A_SLOT = 8;
const kept: unknown[] = [];
const keepOneMib = (): void => void kept.push(new Array(KIB * 128).fill(1.5));

const heldBy = ({ callFrame, selfSize, children }: SampledNode): number =>
  children.reduce(
    (sum, child) => sum + heldBy(child),
    callFrame.functionName === keepOneMib.name ? selfSize : 0,
  );

const samplers: HeapSampler[] = [];
const begun = () => {
  const sampler = new HeapSampler(16 * KIB);
  sampler.start();
  samplers.push(sampler);
  return sampler;
};
afterEach(() => {
  for (const sampler of samplers.splice(0)) sampler.stop();
  kept.length = 0;
});

test('what is held is seen within a tenth, and what was let go is not', async () => {
  const sampler = begun();
  for (let count = 0; count < 20; count++) keepOneMib();
  const held = heldBy(await sampler.read());
  const expected = 20 * 128 * KIB * BYTES_OF_A_SLOT;
  expect(held).toBeGreaterThan(0.9 * expected);
  expect(held).toBeLessThan(1.1 * expected);
  kept.length = 0;
  expect(heldBy(await sampler.read())).toBeLessThan(0.1 * expected);
});

test('one that ends takes the samples of the others in the process with it, and they begin again', async () => {
  const [first, second] = [begun(), begun()];
  keepOneMib();
  expect(heldBy(await second.read())).toBeGreaterThan(0);
  first.stop();
  expect(heldBy(await second.read())).toBe(0);
  keepOneMib();
  expect(heldBy(await second.read())).toBeGreaterThan(0);
});
