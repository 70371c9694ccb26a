import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import { KIB } from '../../config/sections/values.js';
import { until } from '../../jobs/testing/until.js';
import type { HeapSampler } from './heap-sampler.js';
import { PluginMemoryWatch } from './plugin-memory-watch.js';

type Parts = ConstructorParameters<typeof PluginMemoryWatch>;

const said: string[] = [];
const say = (text: string) => void said.push(text);
let watch: PluginMemoryWatch;
let readings = 0;
beforeEach(() => Logger.overrideLogger({ log: say, warn: say, error: say }));
afterEach(async () => {
  await watch.onModuleDestroy();
  said.length = 0;
});
afterAll(() => Logger.overrideLogger(false));

/** Watches one plugin, which holds the given bytes at each reading, and at the last of them from then on. */
async function watched(held: number[], limits: { memoryLimit: number; isDatabaseAway?: boolean }) {
  const plugins = { memoryInterval: 1, memorySuspicion: 0, memoryWarning: 10 * KIB, ...limits };
  const url = join(tmpdir(), 'index.js');
  readings = 0;
  const read = () => {
    const selfSize = held[Math.min(readings++, held.length - 1)]!;
    return Promise.resolve({ callFrame: { url }, selfSize, children: [] });
  };
  const isOn = { leaky: true };
  const rows: object[] = [];
  watch = new PluginMemoryWatch(
    { plugins } as unknown as Config,
    { loaded: [{ definition: { name: 'leaky' }, package: { folder: tmpdir() } }] } as unknown as Parts[1],
    { has: () => isOn.leaky } as unknown as Parts[2],
    { switch: (_name: string, on: boolean) => (isOn.leaky = on) } as unknown as Parts[3],
    { read, isSampling: true, stop: () => undefined } as unknown as HeapSampler,
    {
      update: (_which: object, change: object) =>
        limits.isDatabaseAway ? Promise.reject(new Error('away')) : Promise.resolve(rows.push(change)),
    } as unknown as Parts[5],
  );
  await watch.onApplicationBootstrap();
  await until('it was measured', () => readings > held.length + 2);
  return { isOn, rows };
}

test('a plugin that holds much is named once, with what it holds and by how much that grew', async () => {
  const { isOn } = await watched([KIB, 11 * KIB, 12 * KIB], { memoryLimit: 0 });
  expect(said).toEqual(['plugin leaky holds 0.0 MiB of memory, more than 0.0 MiB (plugins.memoryWarning)']);
  expect(watch.of('leaky')).toMatchObject({ heldBytes: 12 * KIB, grownBytes: 11 * KIB, isHigh: true });
  expect([watch.of('another'), isOn.leaky]).toEqual([null, true]);
});

test('above the limit it is switched off once, with the reason, whatever the warning is', async () => {
  const { isOn, rows } = await watched([KIB, 6 * KIB], { memoryLimit: 5 * KIB });
  expect(isOn.leaky).toBe(false);
  expect(rows).toEqual([
    expect.objectContaining({ enabled: false, problem: expect.stringContaining('plugins.memoryLimit') }),
  ]);
});

test('it is switched off here also while the database is away', async () => {
  const { isOn } = await watched([KIB, 6 * KIB], { memoryLimit: 5 * KIB, isDatabaseAway: true });
  expect(isOn.leaky).toBe(false);
  expect(said.at(-1)).toContain('away');
});
