import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InstanceFollows, PluginHttp, PluginStorage, VideoReader } from '@vidiverse/hooks';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { type PluginPackages, pluginPackages } from '../support/plugin-packages.js';
import { until } from '../support/uploads.js';

const probe = (name: string) => `
import { Module } from '@nestjs/common';
import { definePlugin } from '@vidiverse/hooks';
@Module({}) class Probe {}
export default definePlugin({ name: '${name}', displayName: 'Probe', requires: '^0.1.0', module: Probe });`;

let packages: PluginPackages;
let instances: Instances;
let ours: FederatedInstance;
let other: FederatedInstance;
beforeAll(async () => {
  packages = await pluginPackages('in this process');
  const list = await Promise.all(['one', 'two'].map((name) => packages.make(name, probe(name))));
  const environment = {
    VIDIVERSE_PLUGINS_LIST: list.join(','),
    VIDIVERSE_PLUGINS_MAX_VALUE_SIZE: '50',
    VIDIVERSE_PLUGINS_MAX_VALUES: '4',
  };
  instances = await createInstances(2, { environment });
  [ours, other] = instances.all as [FederatedInstance, FederatedInstance];
});
afterAll(async () => {
  await instances.close();
  await packages.remove();
});

describe('following instances', () => {
  const follows = () => ours.nest.get(InstanceFollows, { strict: false });

  test('a plugin follows another instance, once, and ends it', async () => {
    await follows().follow(other.host.toUpperCase());
    await follows().follow(other.host);
    await until(async () => (await follows().list()).data[0]?.state === 'accepted', 'it is accepted');
    expect(await follows().list()).toMatchObject({ total: 1, data: [{ host: other.host }] });
    expect([await follows().unfollow(other.host), await follows().unfollow(other.host)]).toEqual([
      true,
      false,
    ]);
    expect((await follows().list()).total).toBe(0);
  });

  test.each(['not a host', 'https://x.example/y', ''])('%j is no host', async (host) => {
    await expect(follows().follow(host)).rejects.toMatchObject({ code: 'bad_host' });
  });

  test('neither itself nor what moderation blocks is followed', async () => {
    await expect(follows().follow(ours.host)).rejects.toMatchObject({ code: 'bad_host' });
    await ours.administrator.call('POST', '/api/v1/server/blocklist/servers', {
      json: { host: 'bad.example' },
    });
    await expect(follows().follow('bad.example')).rejects.toMatchObject({ code: 'blocked' });
  });
});

describe('asking other servers', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, answer) => {
      if (request.url === '/away') answer.writeHead(302, { location: '/echo' }).end();
      else if (request.url === '/large') answer.end(Buffer.alloc(5000));
      else if (request.url === '/none') answer.writeHead(404).end('nothing');
      else answer.end(JSON.stringify({ method: request.method, asked: request.headers['x-asked'] ?? null }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  const http = (instance: TestInstance = ours) => instance.nest.get(PluginHttp, { strict: false });
  const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();

  test('whatever is answered is an answer, also behind a redirect', async () => {
    const found = await http().get(`${url}/away`, {
      headers: { 'x-asked': 'yes', host: 'elsewhere.example' },
    });
    expect([found.status, JSON.parse(text(found))]).toEqual([200, { method: 'GET', asked: 'yes' }]);
    const none = await http().get(`${url}/none`);
    expect([none.status, text(none)]).toEqual([404, 'nothing']);
    const posted = await http().post(`${url}/echo`, '{}');
    expect([posted.status, JSON.parse(text(posted))]).toEqual([200, { method: 'POST', asked: null }]);
  });

  test('limits hold', async () => {
    await expect(http().get(`${url}/large`, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'too_large' });
    await expect(http().get(`${url}/echo`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  test('private addresses and other schemes are refused', async () => {
    const strict = await createInstance();
    for (const refused of [url, 'file:///etc/passwd', 'https://127.0.0.1/', 'https://localhost/'])
      await expect(http(strict).get(refused)).rejects.toMatchObject({ code: 'refused', retryable: false });
    await strict.close();
  });
});

describe('keeping values', () => {
  const storages = () => ours.nest.get(PluginStorage, { strict: false, each: true }) as PluginStorage[];

  test('each plugin has its own, by key, in order, any JSON', async () => {
    const [one, two] = storages() as [PluginStorage, PluginStorage];
    for (const [key, value] of [
      ['b', null],
      ['a', [1, 'ü']],
      ['B', false],
    ] as const)
      await one.set(key, value);
    await one.set('a', { x: 1 });
    expect(await one.list()).toEqual([
      { key: 'B', value: false },
      { key: 'a', value: { x: 1 } },
      { key: 'b', value: null },
    ]);
    expect(await one.list({ prefix: 'a' })).toEqual([{ key: 'a', value: { x: 1 } }]);
    expect(await one.list({ after: 'B', count: 1 })).toEqual([{ key: 'a', value: { x: 1 } }]);
    expect([await one.get('b'), await one.get('c'), await two.get('a')]).toEqual([
      null,
      undefined,
      undefined,
    ]);
    expect([await one.delete('b'), await one.delete('b')]).toEqual([true, false]);
  });

  test('limits are named', async () => {
    const [, two] = storages() as [PluginStorage, PluginStorage];
    await expect(two.set('', 1)).rejects.toMatchObject({ code: 'bad_key' });
    await expect(two.set('long', 'x'.repeat(60))).rejects.toThrow('62 bytes as JSON; at most 50');
    for (let key = 0; key < 4; key++) await two.set(`${key}`, key);
    await expect(two.set('5', 5)).rejects.toMatchObject({ code: 'full' });
    await two.set('3', 'again');
  });
});

test('videos are read as a visitor sees them', async () => {
  const reader = ours.nest.get(VideoReader, { strict: false });
  expect([await reader.get('00000000-0000-4000-8000-000000000000'), await reader.list()]).toEqual([
    null,
    { total: 0, data: [] },
  ]);
});
