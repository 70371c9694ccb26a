import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { utimes, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { DataSource } from 'typeorm';
import {
  cachedCopy,
  copiesOf,
  known,
  publishLarge,
  QUICK_CACHING,
  setStrategies,
} from '../support/caching.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { storedFiles, until } from '../support/uploads.js';

const MIB = 1024 * 1024;
const PIECE = 256 * 1024;

let instances: Instances;
let origin: FederatedInstance;
let cache: FederatedInstance;
let originIsUp = true;
const mirrors: Array<() => Promise<void>> = [];

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: {
      ...QUICK_CACHING,
      VIDIVERSE_CACHING_REQUEST_SIZE: String(PIECE),
      VIDIVERSE_CACHING_PROMISE_FOR: '2',
      VIDIVERSE_FEDERATION_STALLED_AFTER: '1000',
      VIDIVERSE_CACHING_ATTEMPTS: '2',
    },
  });
  [origin, cache] = instances.all as [FederatedInstance, FederatedInstance];
  await cache.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
});
afterAll(async () => {
  for (const close of mirrors) await close();
  await cache.close();
  if (originIsUp) await origin.close();
});

/** Another server that the origin's video names as a WebSeed. Answers its address and what it was asked. */
async function mirror(answer: RequestListener): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range ?? 'everything');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mirrors.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/copy.mp4`, asked };
}

const rangeOf = (header = '') => header.replace('bytes=', '').split('-').map(Number) as [number, number];

/** The right length, the wrong bytes. */
const lying =
  (size: number): RequestListener =>
  ({ headers }, response) => {
    const [start, end] = rangeOf(headers.range);
    const head = { 'content-range': `bytes ${start}-${end}/${size}` };
    response.writeHead(206, head).end(Buffer.alloc(end - start + 1, 7));
  };

/** Makes the video of the cache instance name further WebSeeds, as an Update of the origin would. */
async function nameSeeds(uuid: string, webSeeds: string[]): Promise<void> {
  const database = cache.nest.get(DataSource);
  const query =
    'SELECT f.id, f.remoteSources FROM video_files f JOIN videos v ON v.id = f.videoId WHERE v.uuid = ?';
  const [row] = (await database.query(query, [uuid])) as Array<{ id: number; remoteSources: string }>;
  const sources = JSON.stringify({ ...JSON.parse(row!.remoteSources), webSeeds });
  await database.query('UPDATE video_files SET remoteSources = ? WHERE id = ?', [sources, row!.id]);
}

const chosen = () => ({ kind: 'instance', host: origin.host, budget: 100 * MIB, minLifetime: 0 });

async function emptied(): Promise<void> {
  await setStrategies(cache.administrator);
  await until(async () => (await copiesOf(cache.administrator)).length === 0, 'nothing is cached');
}

test('seeds that lie, fail, stall or send elsewhere keep no copy from being whole and right', async () => {
  const original = await publishLarge(origin.administrator, 'With bad seeds', 4 * MIB);
  await known(cache.administrator, original);
  const { size, fileUrl } = original.files[0]!;
  const liar = await mirror(lying(size));
  const absent = await mirror((_request, response) => response.writeHead(404).end());
  const elsewhere = await mirror((_request, response) =>
    response.writeHead(302, { location: fileUrl }).end(),
  );
  const stalling = await mirror(({ headers }, response) => {
    const [start, end] = rangeOf(headers.range);
    const head = { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 };
    response.writeHead(206, head).write(Buffer.alloc(1000));
  });
  const bad = [liar, absent, elsewhere, stalling];
  await nameSeeds(
    original.uuid,
    bad.map(({ url }) => url),
  );
  await setStrategies(cache.administrator, chosen());
  const copy = await cachedCopy(cache.administrator, original);
  expect(copy.badSeeds).toEqual([liar.url]);
  expect(Object.keys(copy.bytesFrom)).toEqual([fileUrl]);
  const [here, there] = await Promise.all(
    [copy.fileUrl!, fileUrl].map((url) => fetch(url).then((answer) => answer.arrayBuffer())),
  );
  expect(Buffer.from(here!).equals(Buffer.from(there!))).toBe(true);
  for (const { asked } of bad) expect(asked.length).toBeGreaterThan(0);
  expect(liar.asked.length).toBeLessThanOrEqual(3);

  // The promise of two seconds is renewed as long as the copy is here.
  const first = copy.expiresAt!;
  await until(
    async () => (await copiesOf(cache.administrator))[0]!.expiresAt! > first,
    'it is promised for longer',
  );
  const query = "SELECT body FROM outbox_activities WHERE body LIKE '%CacheFile%' ORDER BY id";
  const said = (await cache.nest.get(DataSource).query(query)) as Array<{ body: string }>;
  const types = said.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  expect(types.slice(0, 2)).toEqual(['Create', 'Update']);
  await emptied();
  const all = (await cache.nest.get(DataSource).query(query)) as Array<{ body: string }>;
  expect(JSON.parse(all.at(-1)!.body)).toMatchObject({
    type: 'Undo',
    actor: `${cache.address}/accounts/peertube`,
    object: {
      type: 'Create',
      object: { type: 'CacheFile', object: `${origin.address}/videos/watch/${original.uuid}` },
    },
  });
});

test('what nobody has is given up, takes no room and leaves nothing', async () => {
  const original = await publishLarge(origin.administrator, 'Nobody has it', MIB);
  await known(cache.administrator, original);
  const query =
    'SELECT f.id, f.remoteSources FROM video_files f JOIN videos v ON v.id = f.videoId WHERE v.uuid = ?';
  const database = cache.nest.get(DataSource);
  const [row] = (await database.query(query, [original.uuid])) as Array<{
    id: number;
    remoteSources: string;
  }>;
  const liar = await mirror(lying(original.files[0]!.size));
  const sources = JSON.stringify({ ...JSON.parse(row!.remoteSources), fileUrl: liar.url, webSeeds: [] });
  await database.query('UPDATE video_files SET remoteSources = ? WHERE id = ?', [sources, row!.id]);
  await setStrategies(cache.administrator, chosen());
  const failed = await until(async () => {
    const copies = await copiesOf(cache.administrator);
    return copies.find(({ video, state }) => video.uuid === original.uuid && state === 'failed');
  }, 'it is given up');
  expect(failed.error).toMatch('No seed is left to ask');
  const parts = async () =>
    (await storedFiles(cache.dataFolder)).filter((path) => path.includes('/partial/'));
  await until(async () => (await parts()).length === 0, 'no part of it is left');
  // The video of the test before is chosen again: only what is at rest can be counted.
  await until(async () => {
    const copies = await copiesOf(cache.administrator);
    return copies.length > 1 && copies.every(({ state }) => state === 'cached' || state === 'failed');
  }, 'every copy is cached or given up');
  const path = '/api/v1/server/caching/statistics';
  const statistics = await cache.administrator.call<Array<{ strategy: string; totalHeld: number }>>(
    'GET',
    path,
  );
  const whole = (await copiesOf(cache.administrator)).filter(({ state }) => state === 'cached');
  expect(statistics.find(({ strategy }) => strategy === 'instance')!.totalHeld).toBe(
    whole.reduce((sum, { size }) => sum + size, 0),
  );
});

test('files without a row are removed once they are old, and those with one stay', async () => {
  const original = await publishLarge(origin.administrator, 'Stays', MIB);
  await known(cache.administrator, original);
  await setStrategies(cache.administrator, chosen());
  const { fileUrl, documentUrl } = await cachedCopy(cache.administrator, original);
  const yesterday = Date.now() / 1000 - 24 * 3600;
  const strays = ['redundancy', 'redundancy-torrents', 'redundancy-documents', 'partial'].map((area) =>
    join(cache.dataFolder, 'files', area, 'stray-480.mp4'),
  );
  for (const path of strays) {
    await writeFile(path, 'left by a process that died');
    await utimes(path, yesterday, yesterday);
  }
  const kept = [
    join(cache.dataFolder, 'files', 'redundancy', basename(fileUrl!)),
    join(cache.dataFolder, 'files', 'redundancy-documents', basename(documentUrl!)),
  ];
  for (const path of kept) await utimes(path, yesterday, yesterday);
  const restarted = await cache.restart();
  Object.assign(cache, restarted);
  await until(async () => {
    const stored = await storedFiles(cache.dataFolder);
    return strays.every((path) => !stored.includes(path));
  }, 'the strays are gone');
  expect(await storedFiles(cache.dataFolder)).toEqual(expect.arrayContaining(kept));
});

test('while the origin is down, a new visitor of the cache has all that it takes to watch', async () => {
  const original = await publishLarge(origin.administrator, 'Outlives its origin', MIB);
  await known(cache.administrator, original);
  await setStrategies(cache.administrator, chosen());
  await cachedCopy(cache.administrator, original);
  const bytes = Buffer.from(await (await fetch(original.files[0]!.fileUrl)).arrayBuffer());
  originIsUp = false;
  await origin.close();
  const [file] = (await cache.administrator.visitor().video(original.uuid)).files;
  expect(Buffer.from(await (await fetch(file!.fileUrl)).arrayBuffer()).equals(bytes)).toBe(true);
  const torrent = await fetch(file!.torrentUrl);
  expect([torrent.status, torrent.headers.get('content-type')]).toEqual([200, 'application/x-bittorrent']);
  const copies = await copiesOf(cache.administrator);
  const { documentUrl } = copies.find(({ video }) => video.uuid === original.uuid)!;
  expect(await (await fetch(documentUrl!)).json()).toMatchObject({ object: { uuid: original.uuid } });
});
