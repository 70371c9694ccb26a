import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { administratorOf, type Page } from '../support/client.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';
import { until } from '../support/uploads.js';

const run = promisify(execFile);
const NAME = 'quiet-words';

let folder: string;
let server: ServerProcess;
const vidiverse = (...parameters: string[]) =>
  run(process.execPath, [resolve('scripts/vidiverse.mjs'), 'plugin', ...parameters], {
    env: { ...process.env, VIDIVERSE_DATA: server.dataFolder },
  });
const npm = (...parameters: string[]) =>
  // Jest's own settings are not those of the plugin's tests.
  run('npm', parameters, {
    cwd: join(folder, `vidiverse-plugin-${NAME}`),
    env: { PATH: process.env.PATH, HOME: folder },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vidiverse-scaffold-'));
  server = await createServerProcess({
    environment: { VIDIVERSE_PLUGINS_LIST: NAME, VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'true' },
  });
});
afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

const titleOf = async () => {
  const [row] = (await until(async () => {
    const { data } = (await (await fetch(`${server.address}/api/v1/videos`)).json()) as Page<{
      uuid: string;
    }>;
    return data.length > 0 ? data : null;
  }, 'the sample video is published')) as [{ uuid: string }];
  const video = await fetch(`${server.address}/api/v1/videos/${row.uuid}`);
  return ((await video.json()) as { name: string }).name;
};
const stateOf = async () => {
  const root = await administratorOf(server);
  const { data } = await root.call<Page<{ state: string; problem: string | null }>>('GET', '/api/v1/plugins');
  return data[0]!;
};

test('a plugin is made, built, tested, packed, installed, used and removed, outside the repository', async () => {
  const { stdout } = await vidiverse('new', NAME, folder);
  expect(stdout).toContain('npm install && npm test');
  await npm('install', '--no-audit', '--no-fund');
  expect((await npm('test')).stdout).toMatch(/pass 2\n.*fail 0/);
  await npm('pack');

  await server.start();
  expect(await stateOf()).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('not installed'),
  });
  await vidiverse('install', join(folder, `vidiverse-plugin-${NAME}`, `vidiverse-plugin-${NAME}-0.1.0.tgz`));
  await server.kill();
  await server.start();
  expect(await stateOf()).toMatchObject({ state: 'running', problem: null });
  const title = await titleOf();
  expect(title).toMatch(/^Hello: /);

  await vidiverse('remove', NAME);
  await server.kill();
  await server.start();
  expect(await stateOf()).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('not installed'),
  });
  expect(`Hello: ${await titleOf()}`).toBe(title);
});

test('what is no name, or is there already, is said', async () => {
  await expect(vidiverse('new', 'Nö', folder)).rejects.toMatchObject({
    stderr: expect.stringContaining('is no name'),
  });
  await expect(vidiverse('new', NAME, folder)).rejects.toMatchObject({
    stderr: expect.stringContaining('there already'),
  });
  await expect(vidiverse('remove', 'nobody')).rejects.toMatchObject({
    stderr: expect.stringContaining('not installed'),
  });
});
