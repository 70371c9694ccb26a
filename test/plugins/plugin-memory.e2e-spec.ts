import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { type PluginPackages, pluginPackages } from '../support/plugin-packages.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';
import { until } from '../support/uploads.js';

interface PluginState {
  state: string;
  problem: string | null;
  handlers: object[];
  memory: { heldBytes: number; grownBytes: number; isHigh: boolean } | null;
}

const MIB = 1024 * 1024;
const WARNING = 16 * MIB;
const LIMIT = 48 * MIB;

/** Makes 1 MiB at each list of videos that is asked for. */
const busy = (name: string, keep: string) => `
import { Injectable, Module } from '@nestjs/common';
import { definePlugin, OnHook, videoListAsked } from '@vidiverse/hooks';
const kept = [];
@Injectable() class Busy {
  @OnHook(videoListAsked)
  async asked(parameters) {
    const made = Array.from({ length: 8 }, () => new Array(16_384).fill(0.5));
    ${keep}
    return parameters;
  }
}
@Module({ providers: [Busy] }) class BusyModule {}
export default definePlugin({ name: '${name}', displayName: '${name}', requires: '^0.1.0', module: BusyModule });`;

let packages: PluginPackages;
let server: ServerProcess;
let root: InstanceClient;
let list: string[];

/** `suspicion`: bytes by which the heap must have grown before anything is measured. */
const begin = async (suspicion: number) => {
  server = await createServerProcess({
    environment: {
      VIDIVERSE_PLUGINS_LIST: list.join(','),
      VIDIVERSE_PLUGINS_MEMORY_INTERVAL: '200',
      VIDIVERSE_PLUGINS_MEMORY_SUSPICION: `${suspicion}`,
      // So fine that nothing is left to chance.
      VIDIVERSE_PLUGINS_MEMORY_SAMPLING: '16384',
      VIDIVERSE_PLUGINS_MEMORY_WARNING: `${WARNING}`,
      VIDIVERSE_PLUGINS_MEMORY_LIMIT: `${LIMIT}`,
    },
  });
  await server.start();
  root = await administratorOf(server);
};
beforeAll(async () => {
  packages = await pluginPackages();
  list = [
    await packages.make('innocent', busy('innocent', '')),
    await packages.make('leaky', busy('leaky', 'kept.push(made);')),
  ];
  await begin(0);
});
afterAll(async () => {
  await server.remove();
  await packages.remove();
});

const state = (name: string) => root.call<PluginState>('GET', `/api/v1/plugins/${name}`);
const askForVideos = async (times: number) => {
  for (let time = 0; time < times; time++)
    expect((await fetch(`${server.address}/api/v1/videos`)).status).toBe(200);
};
/** What `leaky` is once this can be said of it. */
const leakyOnce = (isSo: (plugin: PluginState) => boolean) =>
  until(async () => {
    const found = await state('leaky');
    return isSo(found) ? found : null;
  }, 'its memory is measured');

test('a plugin that keeps what its handler makes is named with its bytes, and one that lets go is not', async () => {
  await askForVideos(24);
  const { memory, problem } = await leakyOnce((plugin) => (plugin.memory?.heldBytes ?? 0) > 22 * MIB);
  expect(memory).toMatchObject({ isHigh: true });
  expect(memory!.heldBytes).toBeLessThan(28 * MIB);
  expect(memory!.grownBytes).toBeGreaterThan(20 * MIB);
  expect(problem).toBeNull();
  const { memory: other } = await state('innocent');
  expect(other).toMatchObject({ isHigh: false });
  expect(other!.heldBytes).toBeLessThan(4 * MIB);
});

test('above the limit it is switched off with the reason, and the instance and other plugins go on', async () => {
  await askForVideos(30);
  expect(await leakyOnce(({ state }) => state !== 'running')).toMatchObject({
    state: 'off',
    problem: expect.stringMatching(/it held (4[89]|5\d) MiB of memory; at most 48 MiB are let/),
    handlers: [],
  });
  await askForVideos(5);
  expect(await state('innocent')).toMatchObject({ state: 'running', problem: null });
});

test('after a start of the instance it is still off, and runs again when an administrator wants it to', async () => {
  await server.kill();
  await server.start();
  expect(await state('leaky')).toMatchObject({ state: 'off', problem: expect.stringContaining('48 MiB') });
  await root.call('PUT', '/api/v1/plugins/leaky/enabled', { json: { enabled: true } });
  await server.kill();
  await server.start();
  expect(await state('leaky')).toMatchObject({ state: 'running', problem: null });
});

test('where the heap must have grown first, one that goes on keeping what it makes is found all the same', async () => {
  await server.remove();
  await begin(64 * MIB);
  expect((await state('leaky')).memory).toBeNull();
  await until(async () => {
    await askForVideos(5);
    return (await state('leaky')).state === 'off';
  }, 'it is switched off');
  expect(await state('leaky')).toMatchObject({ problem: expect.stringContaining('48 MiB') });
  expect(await state('innocent')).toMatchObject({ state: 'running' });
});
