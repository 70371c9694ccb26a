import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { afterCommit } from './after-commit.js';
import { openTestDatabase, type TestDatabase } from './testing/open-test-database.js';

describe('what waits for a commit', () => {
  let database: TestDatabase;
  const calls: string[] = [];

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());

  test('is called after the outermost commit, in order', async () => {
    await database.dataSource.transaction(async (manager) => {
      afterCommit(manager, () => calls.push('outer'));
      await manager.transaction(async (nested) => afterCommit(nested, () => calls.push('nested')));
      expect(calls).toEqual([]);
    });
    expect(calls.splice(0)).toEqual(['outer', 'nested']);
  });

  test('is never called when the transaction is rolled back', async () => {
    const failing = database.dataSource.transaction(async (manager) => {
      afterCommit(manager, () => calls.push('rolled back'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await database.dataSource.transaction(async (manager) => manager.query('SELECT 1'));
    expect(calls).toEqual([]);
  });

  test('is called at once outside of a transaction', () => {
    afterCommit(database.dataSource.manager, () => calls.push('now'));
    expect(calls.splice(0)).toEqual(['now']);
  });
});
