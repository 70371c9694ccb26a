import { beforeEach, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { copiesOf, type Copy, publishLarge, QUICK_CACHING, setStrategies } from '../support/caching.js';
import { until } from '../support/uploads.js';
import { rowsOf } from './support/database-of.js';
import { unequal } from './support/differences.js';
import { type FederatedProcess, untilQuiet } from './support/federated-processes.js';
import { failedRows } from './support/left-overs.js';
import { useOriginAndCache } from './support/origin-and-cache.js';
import { roomDuring } from './support/sampled-room.js';
import { bytesServed, differencesOfSeeds, refusals } from './support/seeds-at-origin.js';
import { isWhole, report } from './support/sizes.js';
import { copyIdOf, toldCopies } from './support/told-copies.js';

const [VIDEOS, ROOM] = isWhole ? [500, 50] : [24, 4];
/** Bytes; no budget is below 1 MiB. */
const SIZE = isWhole ? 110_000 : 240_000;
const UPLOADS_AT_ONCE = 4;
const LIMIT = isWhole ? 1800_000 : 240_000;

const BUSY = {
  ...QUICK_CACHING,
  // Two files a second, so that parts of files are seen, and some copies leave before they are whole.
  VIDIVERSE_CACHING_MAX_BANDWIDTH: String(2 * SIZE),
  VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: '50',
  VIDIVERSE_FEDERATION_DELIVERY_MAX_DELAY: '500',
  VIDIVERSE_SEEDS_RETRY_DELAY: '200',
  VIDIVERSE_SEEDS_SWEEP_INTERVAL: '200',
};

const PREVIEW = '/api/v1/server/caching/preview';
type Preview = Record<'add' | 'addLater' | 'evict', object[]>;

let origin: FederatedProcess;
let cache: FederatedProcess;
const both = useOriginAndCache(BUSY, LIMIT);
beforeEach(() => {
  ({ origin, cache } = both());
});

test(
  'a cache by which many more videos come than it has room for keeps to its budget, takes back what leaves, and fetches nothing twice',
  async () => {
    const { size } = (await publish(0)).files[0]!;
    const budget = Math.round((ROOM + 0.5) * size);
    const rule = { json: { redundancyAllowed: true } };
    await cache.root.call('PUT', `/api/v1/server/redundancy/${origin.host}`, rule);
    await setStrategies(cache.root, { kind: 'recently-added', budget, minLifetime: 0 });
    const begun = performance.now();
    const { said, stored } = await roomDuring(cache, async () => {
      await publishFrom(1);
      await untilSettled();
    });
    const seconds = Math.round((performance.now() - begun) / 1000);

    const copies = await copiesOf(cache.root);
    const { offered, takenBack } = await toldCopies(cache);
    const left = offered.filter((id) => !copies.some((copy) => copy.id === copyIdOf(id)));
    const served = await bytesServed(origin);
    const wholly = [...served.values()].filter((bytes) => bytes === size).length;
    const total = [...served.values()].reduce((sum, bytes) => sum + bytes, 0);
    const twice = [...served].filter(([, bytes]) => bytes > size);
    const states = copies.map(({ state }) => state);
    const wrong = [
      ...unequal('copies', Array<string>(ROOM).fill('cached'), states),
      ...unequal('an Undo', left, takenBack),
      ...twice.map(([uuid, bytes]) => `the origin served ${bytes} bytes of ${uuid}`),
      ...(await newerThan(copies)),
      ...(await differencesOfFiles(copies)),
      ...(await differencesOfSeeds(origin, copies)),
      ...(await Promise.all([origin, cache].flatMap((one) => [refusals(one), failedRows(one)]))).flat(),
    ];
    report([
      `${VIDEOS} videos of ${size} bytes in ${seconds} s; a budget of ${budget} bytes, room for ${ROOM}`,
      `${offered.length} copies became whole and were told; ${left.length} of them left; ${takenBack.length} Undo were delivered`,
      `by the API at most ${said.most} bytes were held (${said.looks} looks)`,
      `on the disk at most ${stored.most} bytes (${stored.looks} looks, ${stored.withParts} of them with parts of files)`,
      `the origin served ${total} bytes, ${wholly} files wholly; what became whole has ${offered.length * size}`,
      `${wrong.length} differences`,
      ...wrong,
    ]);
    expect(wrong).toEqual([]);
    expect(left.length).toBeGreaterThan(ROOM);
    for (const { most } of [said, stored]) {
      expect(most).toBeLessThanOrEqual(budget);
      expect(most).toBeGreaterThanOrEqual(ROOM * size);
    }
  },
  LIMIT,
);

/** All of the same size, and no two of the same bytes. */
const publish = (number: number) => publishLarge(origin.root, `Video ${number}`, SIZE - number);

async function publishFrom(first: number): Promise<void> {
  let next = first;
  const upload = async () => {
    while (next < VIDEOS) await publish(next++);
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, upload));
}

/** Everything is known and told, and another round of the cache would change nothing. */
async function untilSettled(): Promise<void> {
  const isSettled = async () => {
    const { add, addLater, evict } = await cache.root.call<Preview>('POST', PREVIEW, { json: {} });
    const copies = await copiesOf(cache.root);
    const isStill = copies.every(({ state }) => state === 'cached' || state === 'failed');
    return isStill && add.concat(addLater, evict).length === 0;
  };
  await untilQuiet([origin, cache], LIMIT);
  await until(isSettled, 'all that fits is cached', LIMIT);
  await untilQuiet([origin, cache], LIMIT);
}

/** Videos that are not cached although they are newer than one that is. */
async function newerThan(copies: Copy[]): Promise<string[]> {
  const query = 'SELECT uuid, publishedAt AS at FROM videos ORDER BY publishedAt DESC';
  const videos = await rowsOf<{ uuid: string; at: string }>(origin, query);
  const cached = new Set(copies.map(({ video }) => video.uuid));
  const oldest = videos.findLast(({ uuid }) => cached.has(uuid))?.at ?? '';
  const missed = videos.filter(({ uuid, at }) => at > oldest && !cached.has(uuid));
  return missed.map(({ uuid, at }) => `${uuid} of ${at} is not cached, one of ${oldest} is`);
}

async function differencesOfFiles(copies: Copy[]): Promise<string[]> {
  const names = copies.flatMap(({ fileUrl }) => fileUrl?.split('/').at(-1) ?? []);
  const inArea = (area: string) => readdir(join(cache.dataFolder, 'files', area));
  return [
    ...unequal('files on the disk', names, await inArea('redundancy')),
    ...unequal('parts on the disk', [], await inArea('partial')),
  ];
}
