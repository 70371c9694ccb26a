import { afterAll, beforeAll } from '@jest/globals';
import type {
  InstanceFollows,
  PluginHttp,
  PluginJobs,
  PluginSettings,
  PluginStorage,
} from '@vidiverse/hooks';
import {
  type ContractSettings,
  describeInstanceFollows,
  describePluginHttp,
  describePluginJobs,
  describePluginSettings,
  describePluginStorage,
} from '@vidiverse/hooks/testing/contracts';
import { join } from 'node:path';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { type PluginPackages, pluginPackages } from '../support/plugin-packages.js';
import { createSayingServer } from '../support/saying-server.js';

/** A plugin that does nothing but show what it was given. */
const plugin = (name: string) => `
import { Injectable, Module } from '@nestjs/common';
import { definePlugin, InstanceFollows, PluginHttp, PluginJobs, PluginSettings, PluginStorage } from '@vidiverse/hooks';
import { CONTRACT_SETTINGS } from '@vidiverse/hooks/testing/contracts';
export const given = { setUp: (jobs) => undefined };
@Injectable()
export class Parts {
  constructor(
    readonly settings: PluginSettings, readonly storage: PluginStorage, readonly jobs: PluginJobs,
    readonly http: PluginHttp, readonly follows: InstanceFollows,
  ) {}
  onModuleInit() { given.setUp(this.jobs); }
}
@Module({ providers: [Parts] }) class PartsModule {}
export default definePlugin({
  name: '${name}', displayName: '${name}', requires: '^0.1.0', settings: CONTRACT_SETTINGS, module: PartsModule,
});`;

interface Parts {
  settings: PluginSettings<ContractSettings>;
  storage: PluginStorage;
  jobs: PluginJobs;
  http: PluginHttp;
  follows: InstanceFollows;
}
interface PartsPackage {
  given: { setUp: (jobs: PluginJobs) => void };
  Parts: new () => Parts;
}

let packages: PluginPackages;
let folders: string[];
let one: PartsPackage;
let two: PartsPackage;
let instance: TestInstance;
let root: InstanceClient;

const start = (environment: Record<string, string> = {}) =>
  createInstance({
    environment: {
      VIDIVERSE_PLUGINS_LIST: folders.join(','),
      VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
      ...environment,
    },
  });
const partsOf = ({ Parts }: PartsPackage, { nest } = instance): Parts => nest.get(Parts, { strict: false });

beforeAll(async () => {
  packages = await pluginPackages('in this process');
  folders = await Promise.all(['one', 'two'].map((name) => packages.make(name, plugin(name))));
  [one, two] = (await Promise.all(
    folders.map((folder) => import(join(folder, 'dist/index.js')) as Promise<PartsPackage>),
  )) as [PartsPackage, PartsPackage];
  // Without jobs nobody is really looked for.
  instance = await start({ VIDIVERSE_ROLES: 'web' });
  root = await administratorOf(instance);
});
afterAll(async () => {
  await instance.close();
  await packages.remove();
});

describePluginStorage('as rows', async () => {
  const storages = [partsOf(one).storage, partsOf(two).storage] as const;
  return {
    storage: storages[0],
    another: storages[1],
    drop: async () => {
      for (const storage of storages)
        for (let left = await storage.list(); left.length > 0; left = await storage.list())
          for (const { key } of left) await storage.delete(key);
    },
  };
});

describePluginSettings('as an administrator writes them', async () => {
  const path = '/api/v1/plugins/one/settings';
  return {
    settings: partsOf(one).settings,
    change: (settings) => root.call('PUT', path, { json: { settings } }),
    drop: () => root.call('PUT', path, { json: { settings: {} } }),
  };
});

describePluginHttp('by the guarded client', async () => {
  const server = await createSayingServer();
  return { http: partsOf(one).http, serve: server.serve, drop: server.close };
});

describePluginJobs('in the queue of the instance', async (setUp) => {
  one.given.setUp = setUp;
  const working = await start();
  one.given.setUp = () => undefined;
  return {
    jobs: partsOf(one, working).jobs,
    // They run by themselves.
    pass: () => Promise.resolve(),
    drop: () => working.close(),
  };
});

describeInstanceFollows('of an instance', async () => {
  const { follows } = partsOf(one);
  const blocks = '/api/v1/server/blocklist/servers';
  const blocked = new Set<string>();
  return {
    follows,
    block: async (host) => {
      await root.call('POST', blocks, { json: { host } });
      blocked.add(host);
    },
    drop: async () => {
      for (const { host } of (await follows.list()).data) await follows.unfollow(host);
      for (const host of blocked) await root.call('DELETE', `${blocks}/${host}`);
    },
  };
});
