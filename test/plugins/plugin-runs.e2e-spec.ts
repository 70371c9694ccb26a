import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { type PluginPackages, pluginPackages } from '../support/plugin-packages.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';
import { until } from '../support/uploads.js';

/** One that uses all that the instance offers. */
const GREETER = `
import { Controller, Get, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { definePlugin, OnHook, PluginJobs, PluginSettings, PluginStorage, VideoReader, videoListAsked } from '@vidiverse/hooks';
import { Column, DataSource, Entity, PrimaryColumn, Table, type QueryRunner } from 'typeorm';
import { z } from 'zod';

const settings = z.object({ greeting: z.string().max(20).default('hello').describe('What it says.') });

@Entity('greeter_guests')
class Guest {
  @PrimaryColumn({ type: 'varchar', length: 50 }) name: string;
  @Column({ type: 'int' }) visits: number;
}

class Guests1795000000000 {
  name = 'Guests1795000000000';
  async up(queryRunner: QueryRunner) {
    const columns = [{ name: 'name', type: 'varchar', length: '50', isPrimary: true }, { name: 'visits', type: 'int' }];
    await queryRunner.createTable(new Table({ name: 'greeter_guests', columns }));
  }
  async down(queryRunner: QueryRunner) { await queryRunner.dropTable('greeter_guests'); }
}

@Injectable()
class Greeter implements OnModuleInit {
  asked = 0;
  constructor(
    private readonly settings: PluginSettings<z.output<typeof settings>>,
    private readonly storage: PluginStorage,
    private readonly jobs: PluginJobs,
    private readonly videos: VideoReader,
    private readonly dataSource: DataSource,
  ) {}
  onModuleInit() {
    this.jobs.every('count', 1000, async () => {
      await this.storage.set('runs', (((await this.storage.get('runs')) as number) ?? 0) + 1);
    });
  }
  @OnHook(videoListAsked)
  listAsked(parameters) { this.asked += 1; return parameters; }
  async greet() {
    const guests = this.dataSource.getRepository(Guest);
    await guests.save({ name: 'ada', visits: ((await guests.findOneBy({ name: 'ada' }))?.visits ?? 0) + 1 });
    return {
      greeting: this.settings.get().greeting,
      runs: (await this.storage.get('runs')) ?? 0,
      visits: (await guests.findOneByOrFail({ name: 'ada' })).visits,
      videos: (await this.videos.list()).total,
      asked: this.asked,
    };
  }
}

@Controller('greeter')
class GreeterController {
  constructor(private readonly greeter: Greeter) {}
  @Get('hello') hello() { return this.greeter.greet(); }
}

@Module({ providers: [Greeter], controllers: [GreeterController] })
class GreeterModule {}

export default definePlugin({
  name: 'greeter', displayName: 'Greeter', requires: '^0.1.0', rights: ['database', 'videos'], settings,
  module: GreeterModule, entities: [Guest], migrations: [Guests1795000000000], web: 'web/index.js',
});
`;

interface Greeting {
  greeting: string;
  runs: number;
  visits: number;
  videos: number;
  asked: number;
}

let packages: PluginPackages;
let server: ServerProcess;
let root: InstanceClient;
const hello = async () => (await (await fetch(`${server.address}/greeter/hello`)).json()) as Greeting;
const status = async (path: string) => (await fetch(server.address + path)).status;

beforeAll(async () => {
  packages = await pluginPackages();
  const web = { 'web/index.js': 'export default 1;', 'web/note.html': '<script>1</script>' };
  const folder = await packages.make('greeter', GREETER, web);
  server = await createServerProcess({ environment: { VIDIVERSE_PLUGINS_LIST: folder } });
  await server.start();
  root = await administratorOf(server);
});
afterAll(async () => {
  await server.remove();
  await packages.remove();
});

test('a plugin outside the repository has routes, tables, settings, storage, jobs and hooks of its own', async () => {
  await fetch(`${server.address}/api/v1/videos`);
  await until(async () => (await hello()).runs > 0, 'its job runs');
  expect(await hello()).toMatchObject({ greeting: 'hello', videos: 0, asked: 1 });
  const { paths } = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(paths)).toContain('/greeter/hello');
});

test('administrators see what it is, what it may do and how its handlers have done', async () => {
  expect(await root.call('GET', '/api/v1/plugins')).toMatchObject({
    total: 1,
    data: [
      {
        ...{ name: 'greeter', displayName: 'Greeter', version: '1.2.3', requires: '^0.1.0' },
        ...{ enabled: true, state: 'running', problem: null, restartNeeded: false, hasSettings: true },
        rights: [{ name: 'database' }, { name: 'videos' }],
        handlers: [{ hook: 'videos.list.ask', kind: 'filter', calls: 1, failures: 0 }],
      },
    ],
  });
  expect(await status('/api/v1/plugins')).toBe(401);
});

test('its settings are checked by its schema, take effect at once and stay', async () => {
  const path = '/api/v1/plugins/greeter';
  expect(await root.call('GET', `${path}/registered-settings`)).toMatchObject({
    schema: { properties: { greeting: { type: 'string', maxLength: 20, default: 'hello' } } },
    settings: { greeting: 'hello' },
  });
  const wrong = root.call('PUT', `${path}/settings`, { json: { settings: { greeting: 'x'.repeat(21) } } });
  await expect(wrong).rejects.toThrow('settings.greeting');
  await root.call('PUT', `${path}/settings`, { json: { settings: { greeting: 'good day' } } });
  expect((await hello()).greeting).toBe('good day');
  const { visits } = await hello();
  await server.kill();
  await server.start();
  expect(await hello()).toMatchObject({ greeting: 'good day', visits: visits + 1 });
});

test('what is public of its package is served, and nothing else of it', async () => {
  const base = '/plugins/greeter/1.2.3';
  const modules = await fetch(`${server.address}/api/v1/plugins/web`);
  expect(modules.ok).toBe(true);
  expect(await modules.json()).not.toHaveProperty('changes');
  expect(await status('/plugins-dev/changes')).toBe(404);
  expect(await status(`${base}/web/index.js`)).toBe(200);
  for (const path of [
    'package.json',
    'dist/index.js',
    'web/note.html',
    'web/..%2fpackage.json',
    'web/none.js',
  ])
    expect([path, await status(`${base}/${path}`)]).toEqual([path, 404]);
  expect(await status('/plugins/greeter/9.9.9/web/index.js')).toBe(404);
});

test('switched off, its routes, hooks, files and jobs are not there, until it is switched on again', async () => {
  const path = '/api/v1/plugins/greeter/enabled';
  await root.call('PUT', path, { json: { enabled: false } });
  expect([await status('/greeter/hello'), await status('/plugins/greeter/1.2.3/web/index.js')]).toEqual([
    404, 404,
  ]);
  expect(await root.call('GET', '/api/v1/plugins/greeter')).toMatchObject({ state: 'off', handlers: [] });
  await root.call('PUT', path, { json: { enabled: true } });
  expect((await hello()).greeting).toBe('good day');

  await root.call('PUT', path, { json: { enabled: false } });
  await server.kill();
  await server.start();
  expect(await status('/greeter/hello')).toBe(404);
  await root.call('PUT', path, { json: { enabled: true } });
  expect(await root.call('GET', '/api/v1/plugins/greeter')).toMatchObject({ restartNeeded: true });
});
