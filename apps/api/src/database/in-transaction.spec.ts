import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unavailable } from '../jobs/testing/unavailable.js';
import { SettingEntity } from '../instance/setting.entity.js';
import { inTransaction } from './in-transaction.js';
import { openTestDatabase, TEST_MARIADB, type TestDatabase } from './testing/open-test-database.js';

const why = await unavailable(TEST_MARIADB);
const suite = why ? describe.skip : describe;

suite(`transactions on MariaDB${why ? ` (skipped: ${why})` : ''}`, () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase('mariadb');
    const now = new Date();
    for (const name of ['one', 'two'])
      await database.dataSource.manager.insert(SettingEntity, {
        name,
        value: 0,
        createdAt: now,
        updatedAt: now,
      });
  });
  afterAll(() => database.drop());

  test('that wait for each other are both done in the end', async () => {
    let inside = 0;
    let bothAreIn!: () => void;
    const met = new Promise<void>((resolve) => (bothAreIn = resolve));
    const raise = (first: string, second: string) =>
      inTransaction(database.dataSource, async (manager) => {
        for (const name of [first, second]) {
          const { value } = await manager.findOneOrFail(SettingEntity, {
            where: { name },
            lock: { mode: 'pessimistic_write' },
          });
          await manager.update(SettingEntity, { name }, { value: (value as number) + 1 });
          if (name === first && ++inside >= 2) bothAreIn();
          await met;
        }
      });
    await Promise.all([raise('one', 'two'), raise('two', 'one')]);
    const rows = await database.dataSource.manager.find(SettingEntity);
    expect(rows.map(({ value }) => value)).toEqual([2, 2]);
  });

  test('that fail for another reason are not run again', async () => {
    let runs = 0;
    const failing = inTransaction(database.dataSource, () => {
      runs += 1;
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(runs).toBe(1);
  });
});
