import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { administratorOf, type Page } from '../support/client.js';
import { type PluginPackages, pluginPackages } from '../support/plugin-packages.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';

interface PluginState {
  name: string;
  state: string;
  problem: string | null;
  enabled: boolean;
}

const plugin = (name: string, fields: string, before = '') => `
import { Injectable, Module } from '@nestjs/common';
import { definePlugin } from '@vidiverse/hooks';
${before}
export default definePlugin({ name: '${name}', displayName: '${name}', requires: '^0.1.0', ${fields} });`;

/** Each with what is said of it. */
const BROKEN: Record<string, [source: string, says: RegExp]> = {
  unready: ["throw new Error('no such luck');", /could not be loaded: no such luck/],
  unparsable: ['export default {{', /could not be loaded/],
  forever: ['await new Promise(() => setInterval(() => {}, 1000)); export default 1;', /longer than 2000 ms/],
  'of-the-future': [
    plugin('of-the-future', "requires: '^9.0.0'"),
    /requires Vidiverse \^9\.0\.0; this is 0\.1\.0/,
  ],
  misnamed: [plugin('another', ''), /calls itself another, and its package misnamed/],
  'bad-tables': [
    plugin(
      'bad-tables',
      'migrations: [Broken1795000000000]',
      `class Broken1795000000000 { name = 'Broken1795000000000'; async up(runner) { await runner.query('CREATE TABEL x'); } async down() {} }`,
    ),
    /tables could not be made/,
  ],
  'foreign-tables': [
    plugin(
      'foreign-tables',
      'entities: [Mine]',
      `import { Entity, PrimaryColumn } from 'typeorm'; @Entity('videos') class Mine { @PrimaryColumn({ type: 'int' }) id: number; }`,
    ),
    /table videos must begin with foreign_tables_/,
  ],
  'needs-more': [
    plugin(
      'needs-more',
      'module: Broken',
      `class Absent {} @Injectable() class Needs { constructor(absent: Absent) {} } @Module({ providers: [Needs] }) class Broken {}`,
    ),
    /could not be started.*Absent/s,
  ],
  'bad-settings': [
    plugin('bad-settings', 'settings: z.object({ key: z.string() })', "import { z } from 'zod';"),
    /settings are not right: key/,
  ],
};

let packages: PluginPackages;
let server: ServerProcess | undefined;
beforeAll(async () => {
  packages = await pluginPackages();
});
afterEach(() => server?.remove());
afterAll(() => packages.remove());

const start = async (list: string[], environment: Record<string, string> = {}) => {
  server = await createServerProcess({
    environment: {
      VIDIVERSE_PLUGINS_LIST: list.join(','),
      VIDIVERSE_PLUGINS_LOAD_TIMEOUT: '2000',
      ...environment,
    },
  });
  return server;
};
const plugins = async (running: ServerProcess) => {
  const { data } = await (await administratorOf(running)).call<Page<PluginState>>('GET', '/api/v1/plugins');
  return data;
};

test('plugins that cannot be loaded or started are named with the reason, and the instance runs with the others', async () => {
  const good = await packages.make('good', plugin('good', ''));
  const folders = await Promise.all(
    Object.entries(BROKEN).map(([name, [source]]) => packages.make(name, source)),
  );
  const running = await start([folders[0]!, good, good, ...folders.slice(1), 'not-installed']);
  await running.start();
  expect((await fetch(`${running.address}/api/v1/videos`)).status).toBe(200);
  const states = await plugins(running);
  const failed = (name: string, says: RegExp) =>
    expect.objectContaining({ name, state: 'failed', problem: expect.stringMatching(says) });
  expect(states).toEqual([
    expect.objectContaining({ name: 'good', state: 'running', problem: null }),
    ...Object.entries(BROKEN).flatMap(([name, [, says]], position) =>
      position === 0
        ? [failed(name, says), failed('good', /listed twice/)]
        : name === 'needs-more'
          ? []
          : [failed(name, says)],
    ),
    failed('not-installed', /is not installed/),
    failed('needs-more', BROKEN['needs-more']![1]),
  ]);
});

test('one that ends the process is switched off after three starts', async () => {
  const fatal = await packages.make(
    'fatal',
    plugin(
      'fatal',
      'module: Fatal',
      '@Module({}) class Fatal { onApplicationBootstrap() { process.exit(7); } }',
    ),
  );
  const running = await start([fatal]);
  for (let time = 0; time < 3; time++) {
    void running.start().catch(() => undefined);
    await running.gone();
  }
  await running.start();
  expect(await plugins(running)).toMatchObject([
    {
      ...{ name: 'fatal', enabled: false, state: 'off' },
      problem: expect.stringMatching(/switched off after 3 failed starts/),
    },
  ]);
});

test('without plugins by configuration nothing of them is loaded', async () => {
  const fatal = await packages.make('fatal', 'process.exit(7);');
  const running = await start([fatal], { VIDIVERSE_PLUGINS_ENABLED: 'false' });
  await running.start();
  expect(await plugins(running)).toEqual([]);
});
