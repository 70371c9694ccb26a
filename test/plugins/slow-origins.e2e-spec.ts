import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  cachedCopy,
  copiesOf,
  known,
  publishLarge,
  QUICK_CACHING,
  setStrategies,
} from '../support/caching.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { type SlowLine, slowLineOf } from '../support/slow-line.js';
import { until } from '../support/uploads.js';
import type { Video } from '../support/videos.js';

const api = '/plugins-api/slow-origins';
const KIB = 1024;
const STRATEGY = { kind: 'recently-added', name: 'slow-origins', budget: 1024 * KIB, minLifetime: 0 };

interface State {
  watched: { data: Array<{ uuid: string; host: string; isSlow: boolean; why: string }> };
  origins: { data: Array<{ host: string; speed: number; measuredAt: string; measures: number }> };
}

let instances: Instances;
let [origin, cache]: FederatedInstance[] = [];
let line: SlowLine;
let watched: Video;

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: { ...QUICK_CACHING, VIDIVERSE_PLUGINS_LIST: 'slow-origins' },
  });
  [origin, cache] = instances.all;
  line = slowLineOf(origin!, '/static/web-videos/');
  await cache!.administrator.follow({ hosts: [origin!.host] });
  await instances.untilIdle();
  watched = await publishLarge(origin!.administrator, 'watched', 400 * KIB);
  const quiet = await publishLarge(origin!.administrator, 'quiet', 300 * KIB);
  for (const video of [watched, quiet]) await known(cache!.administrator, video);
  await cache!.administrator.call('PUT', `/api/v1/server/redundancy/${origin!.host}`, {
    json: { redundancyAllowed: true },
  });
  await cache!.administrator.call('PUT', '/api/v1/plugins/slow-origins/settings', {
    // Fast enough: a sample within a second, which a busy machine can do as well.
    json: { settings: { sampleKib: 64, slowBelow: 64 * KIB } },
  });
  await setStrategies(cache!.administrator, STRATEGY);
});
afterAll(() => instances.close());

const state = () => cache!.administrator.call<State>('GET', `${api}/state`);
const measured = (measures: number) =>
  until(async () => {
    const { watched: videos, origins } = await state();
    return origins.data[0]?.measures === measures
      ? { video: videos.data[0]!, origin: origins.data[0] }
      : null;
  }, 'the origin is measured');
/** What a strategy with this name would take. */
const planned = async (name = STRATEGY.name) => {
  const path = '/api/v1/server/caching/preview';
  const json = { strategies: [{ ...STRATEGY, name }] };
  const { add } = await cache!.administrator.call<{ add: Array<{ title: string }> }>('POST', path, { json });
  return add.map(({ title }) => title);
};

test('its routes are for administrators: visitors get 401', async () => {
  const visitor = cache!.administrator.visitor();
  expect((await visitor.ask('GET', `${api}/state`)).status).toBe(401);
  expect((await visitor.ask('POST', `${api}/measure`)).status).toBe(401);
});

test('a video that is watched here is not mirrored while its origin is fast', async () => {
  for (const viewer of ['one', 'two'])
    await fetch(`${cache!.address}/api/v1/videos/${watched.uuid}/views`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': viewer },
      body: JSON.stringify({ currentTime: 10 }),
    });
  const { video } = await measured(1);
  expect(video).toMatchObject({ uuid: watched.uuid, host: origin!.host, viewers: 2, isSlow: false });
  expect(await planned('another')).toEqual(['quiet', 'watched']);
  expect(await planned()).toEqual([]);
  expect(await copiesOf(cache!.administrator)).toEqual([]);
});

test('it is mirrored once its origin drips; what nobody watches is not', async () => {
  line.speed = 20 * KIB;
  await cache!.administrator.call('POST', `${api}/measure`);
  const { video, origin: slow } = await measured(2);
  expect(video).toMatchObject({ isSlow: true, why: expect.stringMatching(/^Its origin gives \d+ bytes/) });
  expect(slow.speed).toBeLessThan(64 * KIB);
  // It is slow until it is measured again: the copy may come as fast as it likes.
  line.speed = null;
  expect(await cachedCopy(cache!.administrator, watched)).toMatchObject({ strategy: 'slow-origins' });
  expect((await copiesOf(cache!.administrator)).map(({ video: { name } }) => name)).toEqual(['watched']);
});
