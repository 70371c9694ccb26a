import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { administratorOf, type InstanceClient, type Page } from '../support/client.js';
import { ADMIN_PASSWORD, createInstance, type TestInstance } from '../support/create-instance.js';
import type { Problem } from '../support/http-client.js';
import { createPluginRegistry, type PluginRegistry, type Published } from '../support/plugin-registry.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';

const api = '/api/v1/plugins';

/** Its total says that its hook was asked. */
const plugin = (name: string, total: number, rights = "['videos']") => `
import { Injectable, Module } from '@nestjs/common';
import { definePlugin, OnHook, videoListAnswered } from '@vidiverse/hooks';
@Injectable() class Lists { @OnHook(videoListAnswered) answer(page) { return { ...page, total: ${total} }; } }
@Module({ providers: [Lists] }) class Everything {}
export default definePlugin({ name: '${name}', displayName: 'Counts ${total}', requires: '^0.1.0', rights: ${rights}, module: Everything });`;
const DECLARED = { vidiverse: { requires: '^0.1.0', rights: ['videos'] } };

interface PluginState {
  name: string;
  version: string | null;
  state: string;
  problem: string | null;
  restartNeeded: boolean;
  rights: Array<{ name: string }>;
  installed: { npmName: string; version: string; integrity: string; installedBy: string } | null;
}

describe('an instance that may install from the registry', () => {
  let registry: PluginRegistry;
  let server: ServerProcess;
  let root: InstanceClient;

  beforeAll(async () => {
    registry = await createPluginRegistry();
    server = await createServerProcess({
      environment: {
        VIDIVERSE_PLUGINS_INSTALL_FROM_REGISTRY: 'true',
        VIDIVERSE_PLUGINS_REGISTRY: registry.address,
        VIDIVERSE_PLUGINS_MAX_PACKAGE_SIZE: '20000',
        VIDIVERSE_PLUGINS_MAX_INSTALLED_SIZE: '100000',
        VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
        VIDIVERSE_LOG_LEVEL: 'log',
      },
    });
    await server.start();
    root = await administratorOf(server);
  });
  afterAll(async () => {
    await server?.remove();
    await registry?.close();
  });

  const restart = async (change: () => Promise<void> = async () => undefined) => {
    process.kill(server.pid, 'SIGTERM');
    await server.gone();
    await change();
    await server.start();
  };
  const requestFor = ({ manifest: { name, dist } }: Published, more: Record<string, unknown> = {}) => ({
    ...{ npmName: name, integrity: dist.integrity, password: ADMIN_PASSWORD },
    ...more,
  });
  const send = (action: 'install' | 'update', json: Record<string, unknown>) =>
    root.ask<PluginState & Problem>('POST', `${api}/${action}`, { json });
  const uninstall = (npmName: string) => root.call('POST', `${api}/uninstall`, { json: { npmName } });
  const plugins = async () => (await root.call<Page<PluginState>>('GET', api)).data;
  const folder = () => join(server.dataFolder, 'plugins', 'packages');
  const folders = () => readdir(folder()).catch(() => []);
  const videoTotal = async () => (await root.videos()).total;

  /** It was refused so, and nothing of it is here. */
  async function expectRefused(request: Record<string, unknown>, status: number, says: RegExp) {
    const before = await folders();
    const answer = await send('install', request);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(says)]);
    expect(await folders()).toEqual(before);
    expect((await plugins()).map(({ installed }) => installed?.npmName)).not.toContain(request.npmName);
    return answer.body.code;
  }

  test('a plugin is found, looked at, installed, runs after a restart, is updated, and is gone when uninstalled', async () => {
    const first = await registry.publish('counting', plugin('counting', 4711), {
      ...DECLARED,
      description: 'Counts <b>videos</b>.',
      license: 'MIT',
      dependencies: { 'vidiverse-plugin-helper': '^1.0.0' },
    });
    await registry.publish('helper', 'export default 1;');
    await registry.publish('../evil', 'export default 1;', { name: 'vidiverse-plugin-..' });

    const { data } = await root.call<Page<{ npmName: string }>>('GET', `${api}/available`, {
      query: { search: 'counting' },
    });
    expect(data).toEqual([
      expect.objectContaining({ npmName: 'vidiverse-plugin-counting', description: 'Counts <b>videos</b>.' }),
      expect.objectContaining({ npmName: 'vidiverse-plugin-helper' }),
    ]);
    expect(await root.call('GET', `${api}/available/vidiverse-plugin-counting`)).toMatchObject({
      ...{ version: '1.0.0', integrity: first.manifest.dist.integrity, size: 1000, problems: [] },
      ...{ requires: '^0.1.0', rights: [{ name: 'videos' }], license: 'MIT', publisher: 'someone' },
    });

    const { status, body } = await send('install', requestFor(first));
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        ...{ name: 'counting', version: '1.0.0', state: 'off', restartNeeded: true, problem: null },
        installed: expect.objectContaining({
          ...{ version: '1.0.0', integrity: first.manifest.dist.integrity, installedBy: 'root' },
        }),
      }),
    ]);
    expect(server.log).toContain(
      `root installed vidiverse-plugin-counting 1.0.0 from ${registry.address}, ${first.manifest.dist.integrity}, rights: videos`,
    );
    const lock = await readFile(
      join(folder(), 'vidiverse-plugin-counting@1.0.0', 'package-lock.json'),
      'utf8',
    );
    expect(lock).toContain(first.manifest.dist.integrity);
    expect(await videoTotal()).toBe(0);
    expect((await send('install', requestFor(first))).body.code).toBe('already_installed');

    await restart();
    expect(await plugins()).toMatchObject([{ name: 'counting', state: 'running', restartNeeded: false }]);
    expect(await videoTotal()).toBe(4711);

    const second = await registry.publish('counting', plugin('counting', 815), {
      ...DECLARED,
      version: '1.1.0',
    });
    expect((await send('update', requestFor(second))).body).toMatchObject({
      ...{ version: '1.0.0', state: 'running', restartNeeded: true, installed: { version: '1.1.0' } },
    });
    expect(await videoTotal()).toBe(4711);
    await restart();
    expect(await videoTotal()).toBe(815);

    await uninstall('vidiverse-plugin-counting');
    expect([await plugins(), await videoTotal()]).toEqual([[], 0]);
    expect(server.log).toContain('root uninstalled vidiverse-plugin-counting 1.1.0');
    await restart();
    expect([await plugins(), await videoTotal()]).toEqual([[], 0]);
  });

  test('what was not agreed to is not installed: another hash, other bytes, other declarations, another server', async () => {
    const other = `sha512-${'A'.repeat(86)}==`;
    const one = await registry.publish('changing', plugin('changing', 1), DECLARED);
    const request = requestFor(one);
    expect(
      await expectRefused({ ...request, integrity: other }, 409, /which is not what was agreed to/),
    ).toBe('integrity_changed');

    const { tarball, manifest } = one;
    one.tarball = (await registry.publish('unlike', plugin('changing', 2), DECLARED)).tarball;
    expect(await expectRefused(request, 409, /not the one that was agreed to/)).toBe('integrity_changed');

    one.tarball = tarball;
    manifest.vidiverse = { requires: '^0.1.0', rights: [] };
    await expectRefused(request, 422, /declares other things than the registry says/);
    manifest.dist.tarball = 'http://127.0.0.2/package.tgz';
    await expectRefused(request, 502, /lies at another server/);
  });

  test('a package that declares nothing, or too much for this version, is not installed', async () => {
    const silent = await registry.publish('silent', plugin('silent', 1));
    await expectRefused(requestFor(silent), 422, /declares nothing/);
    expect(await root.call('GET', `${api}/available/vidiverse-plugin-silent`)).toMatchObject({
      ...{ rights: null, problems: [expect.stringMatching(/declares nothing/)] },
    });
    const unknown = await registry.publish('unknown', plugin('unknown', 1), {
      vidiverse: { requires: '^0.1.0', rights: ['everything'] },
    });
    await expectRefused(requestFor(unknown), 422, /"vidiverse.rights" .* must be a list of network/);
    const future = await registry.publish('future', plugin('future', 1), {
      vidiverse: { requires: '^9.0.0', rights: [] },
    });
    await expectRefused(requestFor(future), 422, /requires Vidiverse \^9\.0\.0; this is 0\.1\.0/);
    const ours = await registry.publish('webhooks', plugin('webhooks', 1), DECLARED);
    await expectRefused(requestFor(ours), 422, /is on this server: it is switched on by plugins\.list/);
  });

  test('a package that is too large, or depends on what has no hash of the registry, is not installed', async () => {
    const noise = `// ${Buffer.from(Array.from({ length: 40_000 }, () => Math.random() * 256)).toString('base64')}`;
    const large = await registry.publish('large', noise, DECLARED);
    await expectRefused(requestFor(large), 413, /larger than 20000 bytes \(plugins\.maxPackageSize\)/);
    const bomb = await registry.publish('bomb', `// ${' '.repeat(200_000)}x\nexport default 1;`, DECLARED);
    await expectRefused(requestFor(bomb), 413, /larger than 100000 bytes \(plugins\.maxInstalledSize\)/);
    const elsewhere = await registry.publish('elsewhere', plugin('elsewhere', 1), {
      ...DECLARED,
      dependencies: {
        helper: `${registry.address.replace('127.0.0.1', 'localhost')}/vidiverse-plugin-helper/-/1.0.0.tgz`,
      },
    });
    await expectRefused(requestFor(elsewhere), 422, /depends on .*does not come from the registry/);
    const absent = await registry.publish('absent', plugin('absent', 1), {
      ...DECLARED,
      dependencies: { 'vidiverse-no-such-package': '^1.0.0' },
    });
    await expectRefused(requestFor(absent), 422, /npm could not install it: .*vidiverse-no-such-package/);
  });

  test.each([
    '../../etc',
    'vidiverse-plugin-../../etc',
    'vidiverse-plugin-a/../b',
    '@scope/vidiverse-plugin-counting',
    'left-pad',
    '--global',
  ])('%s is no name of a package to install', async (npmName) => {
    const asked = registry.asked.length;
    const request = { npmName, integrity: `sha512-${'A'.repeat(86)}==`, password: ADMIN_PASSWORD };
    expect((await send('install', request)).body['invalid-params']).toHaveProperty('npmName');
    const looked = await root.ask('GET', `${api}/available/${encodeURIComponent(npmName)}`);
    expect([looked.status, looked.body.code]).toEqual([400, 'invalid_input']);
    expect(registry.asked.length).toBe(asked);
  });

  test('no version is a path, and the password must be there', async () => {
    const request = { npmName: 'vidiverse-plugin-counting', integrity: `sha512-${'A'.repeat(86)}==` };
    const { body } = await send('install', { ...request, pluginVersion: '1.0.0/../../x' });
    expect(Object.keys(body['invalid-params']!).sort()).toEqual(['password', 'pluginVersion']);
  });

  test('one whose code asks for more rights than it declared, or whose files were changed, does not run', async () => {
    const greedy = await registry.publish('greedy', plugin('greedy', 2, "['videos', 'network']"), DECLARED);
    const steady = await registry.publish('steady', plugin('steady', 3), DECLARED);
    for (const one of [greedy, steady]) expect((await send('install', requestFor(one))).status).toBe(200);
    const file = join(
      folder(),
      'vidiverse-plugin-steady@1.0.0/node_modules/vidiverse-plugin-steady/dist/index.js',
    );
    await restart(() => appendFile(file, '\n// changed'));
    expect(await plugins()).toMatchObject([
      {
        name: 'greedy',
        state: 'failed',
        problem: expect.stringMatching(/rights that its package does not declare: network/),
      },
      { name: 'steady', state: 'failed', problem: expect.stringMatching(/not those that root installed/) },
    ]);
    expect(await videoTotal()).toBe(0);
    for (const { manifest } of [greedy, steady]) await uninstall(manifest.name);
    expect(await folders()).toEqual([]);
  });

  test('who is no administrator may not', async () => {
    await root.createUser({
      username: 'someone',
      password: 'a long password',
      email: 'someone@example.org',
      role: 2,
      videoQuota: -1,
      videoQuotaDaily: -1,
    });
    const user = await root.visitor().login('someone', 'a long password');
    const { status } = await user.ask('GET', `${api}/available`);
    expect(status).toBe(403);
  });
});

describe('an instance in this process', () => {
  let instance: TestInstance | undefined;
  const request = {
    ...{ npmName: 'vidiverse-plugin-counting', integrity: `sha512-${'A'.repeat(86)}==`, password: 'wrong' },
  };
  const begin = async (environment: Record<string, string>) => {
    instance = await createInstance({ environment });
    return administratorOf(instance);
  };
  afterAll(() => instance?.close());

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
    await instance!.close();
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
