import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADMIN_PASSWORD } from '../support/create-instance.js';
import { api, counting, DECLARED, OTHER_HASH, RegistryServer, requestFor } from './registry-server.js';

let instance: RegistryServer;
beforeAll(async () => {
  instance = await RegistryServer.start();
});
afterAll(() => instance?.close());

test('what was not agreed to is not installed: another hash, other bytes, other declarations, another server', async () => {
  const one = await instance.registry.publish('changing', counting('changing', 1), DECLARED);
  const request = requestFor(one);
  expect(
    await instance.expectRefused(
      { ...request, integrity: OTHER_HASH },
      409,
      /which is not what was agreed to/,
    ),
  ).toBe('integrity_changed');

  const { tarball, manifest } = one;
  one.tarball = (await instance.registry.publish('unlike', counting('changing', 2), DECLARED)).tarball;
  expect(await instance.expectRefused(request, 409, /not the one that was agreed to/)).toBe(
    'integrity_changed',
  );

  one.tarball = tarball;
  manifest.vidiverse = { requires: '^0.1.0', rights: [] };
  await instance.expectRefused(request, 422, /declares other things than the registry says/);
  manifest.dist.tarball = 'http://127.0.0.2/package.tgz';
  await instance.expectRefused(request, 502, /lies at another server/);
});

test('a package that declares nothing, or too much for this version, is not installed', async () => {
  const silent = await instance.registry.publish('silent', counting('silent', 1));
  await instance.expectRefused(requestFor(silent), 422, /declares nothing/);
  expect(await instance.root.call('GET', `${api}/available/vidiverse-plugin-silent`)).toMatchObject({
    ...{ rights: null, problems: [expect.stringMatching(/declares nothing/)] },
  });
  const unknown = await instance.registry.publish('unknown', counting('unknown', 1), {
    vidiverse: { requires: '^0.1.0', rights: ['everything'] },
  });
  await instance.expectRefused(requestFor(unknown), 422, /"vidiverse.rights" .* must be a list of network/);
  const future = await instance.registry.publish('future', counting('future', 1), {
    vidiverse: { requires: '^9.0.0', rights: [] },
  });
  await instance.expectRefused(requestFor(future), 422, /requires Vidiverse \^9\.0\.0; this is 0\.1\.0/);
  const ours = await instance.registry.publish('webhooks', counting('webhooks', 1), DECLARED);
  await instance.expectRefused(
    requestFor(ours),
    422,
    /is on this server: it is switched on by plugins\.list/,
  );
});

test('a package that is too large, or depends on what the registry does not have, is not installed', async () => {
  const noise = `// ${Buffer.from(Array.from({ length: 40_000 }, () => Math.random() * 256)).toString('base64')}`;
  const large = await instance.registry.publish('large', noise, DECLARED);
  await instance.expectRefused(requestFor(large), 413, /larger than 20000 bytes \(plugins\.maxPackageSize\)/);
  const bomb = await instance.registry.publish(
    'bomb',
    `// ${' '.repeat(200_000)}x\nexport default 1;`,
    DECLARED,
  );
  await instance.expectRefused(
    requestFor(bomb),
    413,
    /larger than 100000 bytes \(plugins\.maxInstalledSize\)/,
  );
  const elsewhere = await instance.registry.publish('elsewhere', counting('elsewhere', 1), {
    ...DECLARED,
    dependencies: {
      helper: `${instance.registry.address.replace('127.0.0.1', 'localhost')}/vidiverse-plugin-helper/-/1.0.0.tgz`,
    },
  });
  await instance.expectRefused(
    requestFor(elsewhere),
    422,
    /does not come from the registry|npm could not install it/,
  );
  const absent = await instance.registry.publish('absent', counting('absent', 1), {
    ...DECLARED,
    dependencies: { 'vidiverse-no-such-package': '^1.0.0' },
  });
  await instance.expectRefused(
    requestFor(absent),
    422,
    /npm could not install it: .*vidiverse-no-such-package/,
  );
});

test.each([
  '../../etc',
  'vidiverse-plugin-../../etc',
  'vidiverse-plugin-a/../b',
  '@scope/vidiverse-plugin-counting',
  'left-pad',
  '--global',
])('%s is no name of a package to install', async (npmName) => {
  const asked = instance.registry.asked.length;
  const request = { npmName, integrity: OTHER_HASH, password: ADMIN_PASSWORD };
  expect((await instance.send('install', request)).body['invalid-params']).toHaveProperty('npmName');
  const looked = await instance.root.ask('GET', `${api}/available/${encodeURIComponent(npmName)}`);
  expect([looked.status, looked.body.code]).toEqual([400, 'invalid_input']);
  expect(instance.registry.asked.length).toBe(asked);
});

test('no version is a path, and the password must be there', async () => {
  const request = { npmName: 'vidiverse-plugin-counting', integrity: OTHER_HASH };
  const { body } = await instance.send('install', { ...request, pluginVersion: '1.0.0/../../x' });
  expect(Object.keys(body['invalid-params']!).sort()).toEqual(['password', 'pluginVersion']);
});
