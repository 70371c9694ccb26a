import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { SettingEntity } from '../instance/setting.entity.js';
import { DataVersion } from './data-version.js';
import { openTestDatabase, type TestDatabase } from './testing/open-test-database.js';

describe('the version of the data', () => {
  let database: TestDatabase;
  let version: DataVersion;

  beforeAll(async () => {
    database = await openTestDatabase();
    version = new DataVersion(database.dataSource);
  });
  afterAll(() => database.drop());

  const write = (manager: EntityManager) =>
    manager.insert(SettingEntity, {
      name: randomUUID(),
      value: {},
      createdAt: new Date(),
      updatedAt: new Date(),
    });
  /** Whether it was another one afterwards. */
  const changes = async (work: () => Promise<unknown>): Promise<boolean> => {
    const before = version.current;
    await work();
    return version.current !== before;
  };
  const transaction = (work: (manager: EntityManager) => Promise<unknown>) =>
    database.dataSource.transaction(work);

  test('is another one after each write', async () => {
    const { manager } = database.dataSource;
    expect(await changes(() => write(manager))).toBe(true);
    expect(await changes(() => manager.update(SettingEntity, { name: 'x' }, { value: {} }))).toBe(true);
    expect(await changes(() => manager.query('DELETE FROM settings'))).toBe(true);
  });

  test('is the same after reading, in a transaction or not', async () => {
    expect(await changes(() => database.dataSource.manager.count(SettingEntity))).toBe(false);
    expect(await changes(() => transaction((manager) => manager.count(SettingEntity)))).toBe(false);
  });

  test('is another one when the transaction is committed, not before, and not with an inner one', async () => {
    let within = true;
    const work = () =>
      transaction(async (manager) => {
        within = await changes(async () => {
          await write(manager);
          await manager.transaction(write);
        });
      });
    expect([await changes(work), within]).toEqual([true, false]);
  });

  test('is the same when nothing was kept', async () => {
    const work = () =>
      transaction(async (manager) => {
        await write(manager);
        throw new Error('no');
      }).catch(() => undefined);
    expect(await changes(work)).toBe(false);
  });
});
