import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SettingEntity } from '../instance/setting.entity.js';
import { openTestDatabase, type TestDatabase } from './testing/open-test-database.js';

const TRANSACTIONS = 200;

const setting = (name: string) => ({ name, value: { name }, createdAt: new Date(), updatedAt: new Date() });

describe('parallel transactions', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await openTestDatabase();
    dataSource = database.dataSource;
  });
  afterAll(() => database.drop());

  test('200 of them, a third failing midway, keep exactly what was committed', async () => {
    const kept: string[] = [];
    const outcomes = await Promise.allSettled(
      Array.from({ length: TRANSACTIONS }, async (_, number) => {
        const name = `${number}-${randomUUID()}`;
        await dataSource.transaction(async (manager) => {
          await manager.insert(SettingEntity, setting(name));
          await manager.transaction((nested) => nested.insert(SettingEntity, setting(`${name}-nested`)));
          if (number % 3 === 0) throw new Error('fails midway');
        });
        kept.push(name, `${name}-nested`);
      }),
    );
    const rows = await dataSource.getRepository(SettingEntity).find();
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(Math.ceil(TRANSACTIONS / 3));
    expect(rows.map(({ name }) => name).sort()).toEqual(kept.sort());
  });

  test('queries one after the other let timers and sockets have their turn', async () => {
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    const end = performance.now() + 300;
    while (performance.now() < end) await dataSource.getRepository(SettingEntity).count();
    clearInterval(others);
    expect(turns).toBeGreaterThan(3);
  });

  test('a plain save during somebody else’s failing transaction stays', async () => {
    const solo = randomUUID();
    const failing = dataSource.transaction(async (manager) => {
      await manager.insert(SettingEntity, setting(randomUUID()));
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('rolled back');
    });
    await dataSource.getRepository(SettingEntity).insert(setting(solo));
    await expect(failing).rejects.toThrow('rolled back');
    expect(await dataSource.getRepository(SettingEntity).existsBy({ name: solo })).toBe(true);
  });

  test('an inner transaction that fails leaves the outer one whole', async () => {
    const outer = randomUUID();
    const inner = randomUUID();
    await dataSource.transaction(async (manager) => {
      await manager.insert(SettingEntity, setting(outer));
      await manager
        .transaction(async (nested) => {
          await nested.insert(SettingEntity, setting(inner));
          throw new Error('inner');
        })
        .catch(() => undefined);
    });
    const repository = dataSource.getRepository(SettingEntity);
    expect([await repository.existsBy({ name: outer }), await repository.existsBy({ name: inner })]).toEqual([
      true,
      false,
    ]);
  });

  test('another process cannot write between the first read of a transaction and its first write', async () => {
    const { database: path, type } = dataSource.options as { database: string; type: string };
    if (type !== 'better-sqlite3') return;
    const name = randomUUID();
    await dataSource.transaction(async (manager) => {
      await manager.count(SettingEntity);
      const other = new Libsql(path, { timeout: 0 });
      expect(() => other.exec(`DELETE FROM settings`)).toThrow('locked');
      other.close();
      await manager.insert(SettingEntity, setting(name));
    });
    expect(await dataSource.getRepository(SettingEntity).existsBy({ name })).toBe(true);
  });

  test('what SQLite rolls back by itself is told with its own error, and the next transaction works', async () => {
    if (dataSource.options.type !== 'better-sqlite3') return;
    const name = randomUUID();
    await dataSource.getRepository(SettingEntity).insert(setting(name));
    const again = `INSERT OR ROLLBACK INTO settings SELECT * FROM settings WHERE name = '${name}'`;
    await expect(dataSource.query(again)).rejects.toThrow('UNIQUE');
    await expect(dataSource.transaction((manager) => manager.query(again))).rejects.toThrow('UNIQUE');
    const next = randomUUID();
    await dataSource.transaction((manager) => manager.insert(SettingEntity, setting(next)));
    expect(await dataSource.getRepository(SettingEntity).existsBy({ name: next })).toBe(true);
  });

  test('what finds the file locked says so, and works when it is free', async () => {
    const { database: path, type } = dataSource.options as { database: string; type: string };
    if (type !== 'better-sqlite3') return;
    const other = new Libsql(path);
    other.exec('BEGIN IMMEDIATE');
    const name = randomUUID();
    const write = () => dataSource.transaction((manager) => manager.insert(SettingEntity, setting(name)));
    const writeAlone = () =>
      dataSource.getRepository(SettingEntity).update({ name }, { value: { name: 'new' } });
    await expect(write()).rejects.toThrow('database is locked');
    await expect(writeAlone()).rejects.toThrow('database is locked');
    other.exec('ROLLBACK');
    other.close();
    await write();
    await writeAlone();
    expect(await dataSource.getRepository(SettingEntity).existsBy({ name })).toBe(true);
  });
});
