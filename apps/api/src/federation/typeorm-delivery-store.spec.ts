import { beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { describeDeliveryStore } from '@vidiverse/federation/testing';
import type { DataSource } from 'typeorm';
import { openTestDatabase, TEST_MARIADB, type TestDatabase } from '../database/testing/open-test-database.js';
import { unavailable } from '../jobs/testing/unavailable.js';
import { deliveryRows } from './testing/delivery-rows.js';
import { DeliveryEntity } from './delivery.entity.js';
import { DeliveryHostEntity } from './delivery-host.entity.js';
import { TypeOrmDeliveryStore } from './typeorm-delivery-store.js';

const noMariaDb = await unavailable(TEST_MARIADB);

/** One database for all promises, emptied after each. */
function describeOn(backend: 'sqlite' | 'mariadb'): void {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(backend);
  });
  afterAll(() => database.drop());

  describeDeliveryStore(backend, async () => openLab(database.dataSource));
}

async function openLab(dataSource: DataSource) {
  const rows = deliveryRows(dataSource);
  return {
    store: new TypeOrmDeliveryStore(dataSource),
    enqueue: rows.enqueue,
    fate: async (id: number) => {
      const { state, lastError, finishedAt } = await dataSource
        .getRepository(DeliveryEntity)
        .findOneByOrFail({ id });
      return { state, reason: lastError, finishedAt };
    },
    setPaused: async (host: string, paused: boolean) => {
      await dataSource.getRepository(DeliveryHostEntity).update({ host }, { paused });
    },
    drop: rows.empty,
  };
}

describe('on SQLite', () => describeOn('sqlite'));

(noMariaDb ? describe.skip : describe)(noMariaDb ? `on MariaDB (skipped: ${noMariaDb})` : 'on MariaDB', () =>
  describeOn('mariadb'),
);

describe('an inbox that is gone', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());

  test('takes its followers along, and nobody else', async () => {
    const rows = deliveryRows(database.dataSource);
    const alice = await rows.follow({ host: 'peer.example', inboxUrl: 'https://peer.example/alice/inbox' });
    const bob = await rows.follow({ host: 'peer.example', inboxUrl: 'https://peer.example/bob/inbox' });
    const store = new TypeOrmDeliveryStore(database.dataSource);
    await store.inboxGone('peer.example', 'https://peer.example/alice/inbox', 'It answered 410.', new Date());
    expect(await rows.followerIds()).toEqual([bob]);
    await store.inboxGone('peer.example', 'https://peer.example/inbox', 'It answered 410.', new Date());
    expect([alice, await rows.followerIds()]).toEqual([expect.any(Number), []]);
  });
});
