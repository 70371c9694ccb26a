import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JsonObject, SignatureWorkers } from '@vidiverse/federation';
import {
  copiesOf,
  cachedCopy,
  type Copy,
  known,
  publishLarge,
  QUICK_CACHING,
  setStrategies,
} from '../support/caching.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { until } from '../support/uploads.js';
import { publishVideo, type Video } from '../support/videos.js';

const MIB = 1024 * 1024;

let instances: Instances;
let origin: FederatedInstance;
let cache: FederatedInstance;
let second: FederatedInstance;

beforeAll(async () => {
  instances = await createInstances(3, {
    environment: { ...QUICK_CACHING, VIDIVERSE_CACHING_REQUEST_SIZE: '262144' },
  });
  [origin, cache, second] = instances.all as [FederatedInstance, FederatedInstance, FederatedInstance];
  for (const { administrator } of [cache, second]) await administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
});
afterAll(() => instances.close());

const everything = (budget = 500 * MIB) => ({
  kind: 'instance',
  name: 'everything',
  host: origin.host,
  budget,
  minLifetime: 0,
});
const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
const seedsOf = ({ files }: Video) => new URLSearchParams(files[0]!.magnetUri.split('?')[1]).getAll('ws');

/** Nothing cached, nothing wanted. */
async function emptied(...caches: FederatedInstance[]): Promise<void> {
  for (const { administrator } of caches) {
    await setStrategies(administrator);
    await until(async () => (await copiesOf(administrator)).length === 0, 'nothing is cached');
  }
  await instances.untilIdle();
}

describe('a cached video', () => {
  let original: Video;
  let url: string;

  beforeAll(async () => {
    original = await publishLarge(origin.administrator, 'Cached', 3 * MIB);
    await known(cache.administrator, original);
    await setStrategies(cache.administrator, everything());
    url = (await cachedCopy(cache.administrator, original)).fileUrl!;
  });
  afterAll(() => emptied(cache, second));

  test('is served by the cache, byte for byte and by ranges', async () => {
    expect(url).toMatch(`${cache.address}/static/redundancy/`);
    const bytes = await bytesOf(original.files[0]!.fileUrl);
    expect((await bytesOf(url)).equals(bytes)).toBe(true);
    const part = await fetch(url, { headers: { range: 'bytes=1000-1999' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 1000-1999/${original.files[0]!.size}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 2000))).toBe(true);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, Number(head.headers.get('content-length'))]).toEqual([200, bytes.length]);
    expect((await fetch(`${url}.part`)).status).toBe(404);
  });

  test('is told to the origin, which lists the copy', async () => {
    const listed = await until(async () => {
      const video = await origin.administrator.video(original.uuid);
      return seedsOf(video).includes(url) ? video : null;
    }, 'the origin lists the copy');
    expect(seedsOf(listed)[0]).toBe(original.files[0]!.fileUrl);
    const offered = await redundancies(origin, 'my-videos');
    expect(offered.data).toMatchObject([
      { uuid: original.uuid, redundancies: { files: [{ fileUrl: url }] } },
    ]);
  });

  test('is played by the cache’s own visitors from there first, with a torrent of its own', async () => {
    const video = await cache.administrator.visitor().video(original.uuid);
    expect(seedsOf(video).slice(0, 2)).toEqual([url, original.files[0]!.fileUrl]);
    const { torrentUrl, infoHash } = video.files[0]!;
    expect(torrentUrl).toMatch(cache.address);
    expect(infoHash).toBe(original.files[0]!.infoHash);
    expect((await bytesOf(torrentUrl)).includes(url)).toBe(true);
  });

  test('is kept with what the origin says of it, signed by its account, as it is now', async () => {
    const document = async () => {
      const copy = (await copiesOf(cache.administrator)).find(({ fileUrl }) => fileUrl === url)!;
      if (!copy.documentUrl) return null;
      const answer = await fetch(copy.documentUrl);
      expect(answer.headers.get('content-type')).toContain('application/activity+json');
      return { copy, json: (await answer.json()) as JsonObject & { object: JsonObject } };
    };
    const { copy, json } = (await document())!;
    expect(json).toMatchObject({ type: 'Create', object: { type: 'Video', uuid: original.uuid } });
    expect(copy.documentSignedBy).toBe(`${origin.address}/accounts/root`);
    const key = async (creator: string) => {
      const answer = await fetch(creator, { headers: { accept: 'application/activity+json' } });
      const { id, publicKey } = (await answer.json()) as { id: string; publicKey: { publicKeyPem: string } };
      return { owner: id, publicKeyPem: publicKey.publicKeyPem };
    };
    const workers = new SignatureWorkers();
    expect(await workers.verify(json, key)).toMatchObject({ owner: copy.documentSignedBy });
    const changed = { ...json, object: { ...json.object, name: 'Another' } };
    await expect(workers.verify(changed, key)).rejects.toThrow('the signature');
    await workers.close();

    await origin.administrator.updateVideo(original.uuid, { name: 'Cached, and renamed' });
    await until(
      async () => (await document())?.json.object.name === 'Cached, and renamed',
      'the new document is kept',
    );
  });

  test('is fetched by another cache from the origin and the first cache at once', async () => {
    await until(async () => {
      const video = await second.administrator.video(original.uuid).catch(() => null);
      return video && seedsOf(video).includes(url);
    }, 'the second cache has heard of the first');
    await setStrategies(second.administrator, everything());
    const { bytesFrom, size } = await cachedCopy(second.administrator, original);
    expect(new Set(Object.keys(bytesFrom))).toEqual(new Set([original.files[0]!.fileUrl, url]));
    expect(Object.values(bytesFrom).reduce((sum, bytes) => sum + bytes, 0)).toBe(size);
  });

  test('is listed with its statistics, and what was served of it', async () => {
    expect(await redundancies(cache, 'remote-videos')).toMatchObject({
      total: 1,
      data: [{ uuid: original.uuid, redundancies: { files: [{ fileUrl: url, strategy: 'everything' }] } }],
    });
    await until(async () => (await copiesOf(cache.administrator))[0]!.servedBytes > 0, 'it was served');
    const path = '/api/v1/server/caching/statistics';
    const { size } = original.files[0]!;
    const statistics = await cache.administrator.call('GET', path);
    expect(statistics).toEqual([
      expect.objectContaining({ strategy: 'manual', totalUsed: 0 }),
      expect.objectContaining({
        strategy: 'everything',
        totalSize: 500 * MIB,
        totalUsed: size,
        totalHeld: size,
      }),
    ]);
  });

  test('is taken back when it goes: the origin lists it no more', async () => {
    const [{ documentUrl }] = (await copiesOf(cache.administrator)) as [Copy];
    await emptied(cache, second);
    await until(
      async () => !seedsOf(await origin.administrator.video(original.uuid)).includes(url),
      'it is gone',
    );
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(documentUrl!)).status).toBe(404);
    const video = await cache.administrator.video(original.uuid);
    expect(video.files[0]!.fileUrl).toBe(original.files[0]!.fileUrl);
  });
});

const redundancies = (instance: FederatedInstance, target: string) =>
  instance.administrator.call<{ total: number; data: unknown[] }>('GET', '/api/v1/server/redundancy/videos', {
    query: { target },
  });

describe('an administrator', () => {
  let video: Video;
  beforeAll(async () => {
    video = await publishVideo(origin.administrator, { name: 'By hand' });
    video = await known(cache.administrator, video);
  });
  const add = (json: object) => cache.administrator.ask('POST', '/api/v1/server/redundancy/videos', { json });

  test('adds a video by hand, once, and removes it', async () => {
    expect((await add({ videoId: video.id })).status).toBe(204);
    const { id, strategy } = await cachedCopy(cache.administrator, video);
    expect(strategy).toBe('manual');
    expect(await add({ videoId: video.id })).toMatchObject({ status: 409, body: { code: 'already_cached' } });
    const { evict } = await cache.administrator.call<{ evict: unknown[] }>(
      'POST',
      '/api/v1/server/caching/preview',
      { json: { enabled: false } },
    );
    expect(evict).toEqual([expect.objectContaining({ copyId: id, title: 'By hand' })]);
    await cache.administrator.call('DELETE', `/api/v1/server/redundancy/videos/${id}`);
    await until(async () => (await copiesOf(cache.administrator)).length === 0, 'it is gone');
    expect((await add({ videoId: 999_999 })).status).toBe(404);
    expect((await add({ videoId: 'x' })).status).toBe(400);
  });

  test('sees what would be cached and why before anything is', async () => {
    const preview = await cache.administrator.call<{ add: unknown[] }>(
      'POST',
      '/api/v1/server/caching/preview',
      {
        json: { strategies: [everything()] },
      },
    );
    expect(preview.add).toContainEqual(
      expect.objectContaining({ title: 'By hand', reason: `Everything from ${origin.host} was chosen.` }),
    );
    expect(await copiesOf(cache.administrator)).toEqual([]);
  });

  test('keeps an instance’s videos from being cached', async () => {
    const path = `/api/v1/server/redundancy/${origin.host}`;
    const isAllowed = async () =>
      (await cache.administrator.followings()).data[0]!.following.hostRedundancyAllowed;
    await cache.administrator.call('PUT', path, { json: { redundancyAllowed: false } });
    expect(await isAllowed()).toBe(false);
    const preview = await cache.administrator.call<{ add: unknown[] }>(
      'POST',
      '/api/v1/server/caching/preview',
      {
        json: { strategies: [everything()] },
      },
    );
    expect(preview.add).toEqual([]);
    await cache.administrator.call('PUT', path, { json: { redundancyAllowed: true } });
    expect(await isAllowed()).toBe(true);
  });

  test('is told which field of a policy is wrong', async () => {
    const strategies = [
      { kind: 'channels', budget: 5 * MIB },
      { kind: 'trending', budget: 1 },
    ];
    const answer = await cache.administrator.ask('PUT', '/api/v1/server/caching/policy', {
      json: { strategies },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(/strategies\.1\.budget/);
    expect((await cache.administrator.visitor().ask('GET', '/api/v1/server/caching/policy')).status).toBe(
      401,
    );
  });
});

test('a budget holds at every moment, whatever comes and goes', async () => {
  const budget = MIB;
  const publish = (count: number, name: string, bytes: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        publishLarge(origin.administrator, `${name} ${index}`, bytes + index),
      ),
    );
  await publish(12, 'Small', 150_000);
  await instances.untilIdle();
  await setStrategies(cache.administrator, { ...everything(budget), kind: 'recently-added' });
  const held: number[] = [];
  const look = async () => {
    const copies = await copiesOf(cache.administrator);
    held.push(copies.filter(({ state }) => state !== 'failed').reduce((sum, { size }) => sum + size, 0));
    return copies;
  };
  const full = (copies: Awaited<ReturnType<typeof look>>) =>
    copies.length > 4 && copies.every(({ state }) => state === 'cached');
  await until(async () => full(await look()), 'the budget is used');
  const before = (await look()).map(({ id }) => id);
  // Newer ones take the place of older ones.
  let isPublished = false;
  const publishing = publish(3, 'Newer', 140_000).finally(() => (isPublished = true));
  await until(async () => (await look()) && isPublished, 'the newer ones are published');
  await publishing;
  await until(async () => {
    const copies = await look();
    return full(copies) && copies.filter(({ video }) => video.name?.startsWith('Newer')).length === 3;
  }, 'the newer ones are cached');
  expect(Math.max(...held)).toBeLessThanOrEqual(budget);
  expect(held.length).toBeGreaterThan(10);
  const after = (await look()).map(({ id }) => id);
  expect(before.every((id) => after.includes(id))).toBe(false);
  await emptied(cache);
});
