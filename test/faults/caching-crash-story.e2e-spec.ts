import { beforeEach, expect, test } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  cachedCopy,
  copiesOf,
  known,
  publishLarge,
  QUICK_CACHING,
  setStrategies,
} from '../support/caching.js';
import { storedFiles, until } from '../support/uploads.js';
import type { FederatedProcess } from './support/federated-processes.js';
import { useOriginAndCache } from './support/origin-and-cache.js';
import { bytesServed } from './support/seeds-at-origin.js';
import { isWhole, report } from './support/sizes.js';

const MIB = 1024 * 1024;
const KILLS = isWhole ? 50 : 4;
const SIZE = (isWhole ? 60 : 8) * MIB;
const LIMIT = isWhole ? 3600_000 : 240_000;
const SPEED = MIB;
const PIECE = 256 * 1024;

const SLOWLY = {
  ...QUICK_CACHING,
  VIDIVERSE_CACHING_MAX_BANDWIDTH: String(SPEED),
  // What a kill cuts off is one piece of each connection.
  VIDIVERSE_CACHING_REQUEST_SIZE: String(PIECE),
  VIDIVERSE_CACHING_CONNECTIONS: '2',
  VIDIVERSE_CACHING_CONNECTIONS_PER_SEED: '2',
  VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: '50',
  VIDIVERSE_FEDERATION_DELIVERY_MAX_DELAY: '500',
};

let origin: FederatedProcess;
let cache: FederatedProcess;
const both = useOriginAndCache(SLOWLY, LIMIT);
beforeEach(() => {
  ({ origin, cache } = both());
});

const copies = async () =>
  (await storedFiles(cache.dataFolder)).filter((path) => /redundancy|partial|tmp/.test(path));

test(
  'a cache that is killed again and again goes on from the pieces it has, and leaves nothing behind',
  async () => {
    const original = await publishLarge(origin.root, 'Large', SIZE);
    await known(cache.root, original);
    const host = origin.host;
    await setStrategies(cache.root, { kind: 'instance', host, budget: 2 * SIZE, minLifetime: 0 });
    let reached = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const next = Math.min(reached + SIZE / (KILLS + 2), SIZE - 2 * MIB);
      await until(
        async () => {
          const [copy] = await copiesOf(cache.root);
          reached = Math.max(reached, copy?.verifiedBytes ?? 0);
          return reached >= next;
        },
        `${next} bytes are there before kill ${kill}`,
        LIMIT,
      );
      await pause(randomInt(300));
      await cache.kill();
      await cache.start();
    }
    const { fileUrl } = await cachedCopy(cache.root, original);
    const served = (await bytesServed(origin)).get(original.uuid)!;
    const { size, fileUrl: originUrl } = original.files[0]!;
    report([`${KILLS} kills: the origin served ${served} bytes of a file of ${size}`]);
    expect(served - size).toBeLessThanOrEqual(KILLS * 2 * PIECE);
    const [copy, file] = await Promise.all(
      [fileUrl!, originUrl].map((url) => fetch(url).then((a) => a.arrayBuffer())),
    );
    expect(Buffer.from(copy!).equals(Buffer.from(file!))).toBe(true);
    expect(await copies()).toEqual([
      expect.stringContaining('files/redundancy-documents/'),
      expect.stringContaining('files/redundancy-torrents/'),
      expect.stringContaining('files/redundancy/'),
    ]);

    await origin.root.removeVideo(original.uuid);
    await until(async () => (await copies()).length === 0, 'what was cached is gone with its video', LIMIT);
    expect(await copiesOf(cache.root)).toEqual([]);
  },
  LIMIT,
);
