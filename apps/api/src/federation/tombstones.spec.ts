import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { openTestDatabase, type TestDatabase } from '../database/testing/open-test-database.js';
import { TombstoneEntity } from './tombstone.entity.js';
import { bury, exhume, isBuried, isOutdated } from './tombstones.js';

const url = 'https://peer.example/videos/watch/1';
const by = 'https://peer.example/accounts/ada';
const another = 'https://peer.example/accounts/eve';
const [early, at, late] = [1, 2, 3].map((second) => new Date(second * 1000)) as [Date, Date, Date];

describe('what has ended', () => {
  let database: TestDatabase;
  let manager: EntityManager;

  beforeAll(async () => {
    database = await openTestDatabase();
    manager = database.dataSource.manager;
  });
  afterAll(() => database.drop());
  beforeEach(() => manager.createQueryBuilder().delete().from(TombstoneEntity).execute());

  test('is nothing at first', async () => {
    expect(await isBuried(manager, { url, by })).toBe(false);
  });

  test('has ended for whoever tells of it, at whatever time', async () => {
    await bury(manager, { url });
    expect(await isBuried(manager, { url })).toBe(true);
    expect(await isBuried(manager, { url, by })).toBe(true);
    expect(await isBuried(manager, { url: `${url}2` })).toBe(false);
    expect(await isBuried(manager, { url: url.toUpperCase() })).toBe(false);
  });

  test('ends only what was issued before', async () => {
    await bury(manager, { url, at });
    expect(await isBuried(manager, { url, at: early })).toBe(true);
    expect(await isBuried(manager, { url, at })).toBe(true);
    expect(await isBuried(manager, { url, at: late })).toBe(false);
    expect(await isBuried(manager, { url, at: null })).toBe(true);
  });

  test('ends for one actor only, when that is all that was seen', async () => {
    await bury(manager, { url, by: another });
    expect(await isBuried(manager, { url, by })).toBe(false);
    expect(await isBuried(manager, { url, by: another })).toBe(true);
    expect(await isBuried(manager, { url })).toBe(false);
  });

  test('counts from its last end, in whatever order its ends arrive', async () => {
    for (const time of [at, late, early]) await bury(manager, { url, at: time });
    expect(await isBuried(manager, { url, at: late })).toBe(true);
    expect(await manager.count(TombstoneEntity)).toBe(1);
  });

  test('is alive again when its owner shows it', async () => {
    await bury(manager, { url });
    await exhume(manager, url);
    expect(await isBuried(manager, { url })).toBe(false);
  });
});

test('an Update is outdated when it is older than what is known, not when it is of the same time', () => {
  expect([early, at, late, null].map((updated) => isOutdated(updated, at))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(isOutdated(early, null)).toBe(false);
});
