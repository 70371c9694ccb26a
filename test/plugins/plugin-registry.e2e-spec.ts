import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { administratorOf, type Page } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { api, counting, DECLARED, OTHER_HASH, RegistryServer, requestFor } from './registry-server.js';

let instance: RegistryServer;
beforeAll(async () => {
  instance = await RegistryServer.start();
});
afterAll(() => instance?.close());

test('a plugin is found, looked at, installed, runs after a restart, is updated, and is gone when uninstalled', async () => {
  const first = await instance.registry.publish('counting', counting('counting', 4711), {
    ...DECLARED,
    description: 'Counts <b>videos</b>.',
    license: 'MIT',
    dependencies: { 'vidiverse-plugin-helper': '^1.0.0' },
  });
  await instance.registry.publish('helper', 'export default 1;');
  await instance.registry.publish('../evil', 'export default 1;', { name: 'vidiverse-plugin-..' });

  const { data } = await instance.root.call<Page<{ npmName: string }>>('GET', `${api}/available`, {
    query: { search: 'counting' },
  });
  expect(data).toEqual([
    expect.objectContaining({ npmName: 'vidiverse-plugin-counting', description: 'Counts <b>videos</b>.' }),
    expect.objectContaining({ npmName: 'vidiverse-plugin-helper' }),
  ]);
  expect(await instance.root.call('GET', `${api}/available/vidiverse-plugin-counting`)).toMatchObject({
    ...{ version: '1.0.0', integrity: first.manifest.dist.integrity, size: 1000, problems: [] },
    ...{ requires: '^0.1.0', rights: [{ name: 'videos' }], license: 'MIT', publisher: 'someone' },
  });

  const { status, body } = await instance.send('install', requestFor(first));
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({
      ...{ name: 'counting', version: '1.0.0', state: 'off', restartNeeded: true, problem: null },
      installed: expect.objectContaining({
        ...{ version: '1.0.0', integrity: first.manifest.dist.integrity, installedBy: 'root' },
      }),
    }),
  ]);
  expect(instance.server.log).toContain(
    `root installed vidiverse-plugin-counting 1.0.0 from ${instance.registry.address}, ${first.manifest.dist.integrity}, rights: videos`,
  );
  const lock = await readFile(
    join(instance.folder, 'vidiverse-plugin-counting@1.0.0', 'package-lock.json'),
    'utf8',
  );
  expect(lock).toContain(first.manifest.dist.integrity);
  expect(await instance.videoTotal()).toBe(0);
  expect((await instance.send('install', requestFor(first))).body.code).toBe('already_installed');

  await instance.restart();
  expect(await instance.plugins()).toMatchObject([
    { name: 'counting', state: 'running', restartNeeded: false },
  ]);
  expect(await instance.videoTotal()).toBe(4711);

  const second = await instance.registry.publish('counting', counting('counting', 815), {
    ...DECLARED,
    version: '1.1.0',
  });
  expect((await instance.send('update', requestFor(second))).body).toMatchObject({
    ...{ version: '1.0.0', state: 'running', restartNeeded: true, installed: { version: '1.1.0' } },
  });
  expect(await instance.videoTotal()).toBe(4711);
  await instance.restart();
  expect(await instance.videoTotal()).toBe(815);

  await instance.uninstall('vidiverse-plugin-counting');
  expect([await instance.plugins(), await instance.videoTotal()]).toEqual([[], 0]);
  expect(instance.server.log).toContain('root uninstalled vidiverse-plugin-counting 1.1.0');
  await instance.restart();
  expect([await instance.plugins(), await instance.videoTotal()]).toEqual([[], 0]);
});

test('one whose code asks for more rights than it declared, or whose files were changed, does not run', async () => {
  const greedy = await instance.registry.publish(
    'greedy',
    counting('greedy', 2, "['videos', 'network']"),
    DECLARED,
  );
  const steady = await instance.registry.publish('steady', counting('steady', 3), DECLARED);
  for (const one of [greedy, steady])
    expect((await instance.send('install', requestFor(one))).status).toBe(200);
  const file = join(
    instance.folder,
    'vidiverse-plugin-steady@1.0.0/node_modules/vidiverse-plugin-steady/dist/index.js',
  );
  await instance.restart(() => appendFile(file, '\n// changed'));
  expect(await instance.plugins()).toMatchObject([
    {
      name: 'greedy',
      state: 'failed',
      problem: expect.stringMatching(/rights that its package does not declare: network/),
    },
    { name: 'steady', state: 'failed', problem: expect.stringMatching(/not those that root installed/) },
  ]);
  expect(await instance.videoTotal()).toBe(0);
  for (const { manifest } of [greedy, steady]) await instance.uninstall(manifest.name);
  expect(await instance.folders()).toEqual([]);
});

test('one that is uninstalled and installed again has its settings', async () => {
  const source = `
import { definePlugin } from '@vidiverse/hooks';
import { z } from 'zod';
export default definePlugin({ name: 'kept', displayName: 'Kept', requires: '*', settings: z.object({ word: z.string().default('none') }) });`;
  const kept = await instance.registry.publish('kept', source, { vidiverse: { requires: '*', rights: [] } });
  await instance.send('install', requestFor(kept));
  await instance.restart();
  await instance.root.call('PUT', `${api}/kept/settings`, { json: { settings: { word: 'ours' } } });
  await instance.uninstall('vidiverse-plugin-kept');
  expect((await instance.root.ask('GET', `${api}/kept`)).status).toBe(404);
  await instance.send('install', requestFor(kept));
  await instance.restart();
  expect(await instance.root.call('GET', `${api}/kept/registered-settings`)).toMatchObject({
    settings: { word: 'ours' },
  });
});

test('one is installed at a time', async () => {
  const both = [
    await instance.registry.publish('patient', counting('patient', 1), DECLARED),
    await instance.registry.publish('hasty', counting('hasty', 1), DECLARED),
  ];
  const answers = await Promise.all(both.map((one) => instance.send('install', requestFor(one))));
  expect(answers.map(({ status, body }) => [status, body.code]).sort()).toEqual([
    [200, undefined],
    [409, 'busy'],
  ]);
});

test('who is no administrator may not', async () => {
  await instance.root.createUser({
    username: 'someone',
    password: 'a long password',
    email: 'someone@example.org',
    role: 2,
    videoQuota: -1,
    videoQuotaDaily: -1,
  });
  const user = await instance.root.visitor().login('someone', 'a long password');
  const { status } = await user.ask('GET', `${api}/available`);
  expect(status).toBe(403);
});

describe('an instance in this process', () => {
  let local: TestInstance | undefined;
  const request = {
    ...{ npmName: 'vidiverse-plugin-counting', integrity: OTHER_HASH, password: 'wrong' },
  };
  const begin = async (environment: Record<string, string>) => {
    local = await createInstance({ environment });
    return administratorOf(local);
  };
  afterAll(() => local?.close());

  test('installs nothing unless the configuration allows it, and says which setting does', async () => {
    const root = await begin({});
    const asks = [
      root.ask('GET', `${api}/available`),
      root.ask('GET', `${api}/available/vidiverse-plugin-counting`),
      root.ask('POST', `${api}/install`, { json: request }),
      root.ask('POST', `${api}/update`, { json: request }),
    ];
    for (const { status, body } of await Promise.all(asks))
      expect([status, body.code, body.detail]).toEqual([
        ...[403, 'registry_off'],
        expect.stringContaining('plugins.installFromRegistry'),
      ]);
    await local!.close();
  });

  test('asks for the password each time, and not too often, as with logins', async () => {
    const root = await begin({
      VIDIVERSE_PLUGINS_INSTALL_FROM_REGISTRY: 'true',
      VIDIVERSE_AUTH_LOGIN_ATTEMPTS: '2',
    });
    const codes = [];
    for (let time = 0; time < 3; time++)
      codes.push((await root.ask('POST', `${api}/install`, { json: request })).body.code);
    expect(codes).toEqual(['wrong_password', 'wrong_password', 'too_many_requests']);
    await expect(root.visitor().login()).rejects.toThrow(/429/);
  });
});
