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
  const list = [await packages.make('one', probe('one'))];
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

  test('an instance does not follow itself', async () => {
    await expect(follows().follow(ours.host)).rejects.toMatchObject({ code: 'bad_host' });
  });
});

describe('asking other servers', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, answer) => {
      if (request.url === '/away') answer.writeHead(302, { location: '/echo' }).end();
      else {
        const { host, 'x-asked': asked } = request.headers;
        answer.end(JSON.stringify({ method: request.method, host, asked }));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  const http = (instance: TestInstance = ours) => instance.nest.get(PluginHttp, { strict: false });
  const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();

  test('a redirect is followed by a question, and headers of the server itself stay', async () => {
    const found = await http().get(`${url}/away`, {
      headers: { 'x-asked': 'yes', host: 'elsewhere.example' },
    });
    expect([found.status, JSON.parse(text(found))]).toEqual([
      200,
      { method: 'GET', host: new URL(url).host, asked: 'yes' },
    ]);
    expect((await http().post(`${url}/away`, '{}')).status).toBe(302);
  });

  test('private addresses are refused', async () => {
    const strict = await createInstance();
    for (const refused of [url, 'https://127.0.0.1/', 'https://localhost/'])
      await expect(http(strict).get(refused)).rejects.toMatchObject({ code: 'refused', retryable: false });
    await strict.close();
  });
});

describe('keeping values', () => {
  test('limits are named', async () => {
    const storage = ours.nest.get(PluginStorage, { strict: false });
    await expect(storage.set('long', 'x'.repeat(60))).rejects.toThrow('62 bytes as JSON; at most 50');
    for (let key = 0; key < 4; key++) await storage.set(`${key}`, key);
    await expect(storage.set('5', 5)).rejects.toMatchObject({ code: 'full' });
    await storage.set('3', 'again');
  });
});

test('videos are read as a visitor sees them', async () => {
  const reader = ours.nest.get(VideoReader, { strict: false });
  expect([await reader.get('00000000-0000-4000-8000-000000000000'), await reader.list()]).toEqual([
    null,
    { total: 0, data: [] },
  ]);
});
