import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../data-source-options.js';
import { openDatabase } from '../open-database.js';

/** Server on which tests make databases of their own. */
export const TEST_MARIADB = process.env.VIDIVERSE_TEST_MARIADB ?? 'mysql://root@127.0.0.1:3306';

/** A migrated database of its own. */
export interface TestDatabase {
  readonly dataSource: DataSource;
  /** Environment that points another process at the same database. */
  readonly environment: Record<string, string>;
  drop(): Promise<void>;
}

export type TestBackend = 'sqlite' | 'mariadb';

const defaultBackend = (): TestBackend =>
  process.env.VIDIVERSE_TEST_BACKEND === 'services' ? 'mariadb' : 'sqlite';

/** SQLite in a temporary folder, or MariaDB when asked for or when `VIDIVERSE_TEST_BACKEND=services`. */
export function openTestDatabase(backend: TestBackend = defaultBackend()): Promise<TestDatabase> {
  return backend === 'mariadb' ? openMariaDb() : openSqlite();
}

async function openSqlite(): Promise<TestDatabase> {
  const data = await mkdtemp(join(tmpdir(), 'vidiverse-db-'));
  const dataSource = await openDatabase(
    dataSourceOptions({ data, database: { poolSize: 1, lockTimeout: 1 } }),
  );
  const drop = async () => {
    await dataSource.destroy();
    await rm(data, { recursive: true, force: true });
  };
  return { dataSource, environment: { VIDIVERSE_DATA: data }, drop };
}

async function openMariaDb(): Promise<TestDatabase> {
  const name = `vidiverse_test_${randomBytes(6).toString('hex')}`;
  const server = await new DataSource({ type: 'mariadb', url: TEST_MARIADB }).initialize();
  await server.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  const url = `${TEST_MARIADB}/${name}`;
  const dataSource = await openDatabase(
    dataSourceOptions({ data: tmpdir(), database: { url, poolSize: 10, lockTimeout: 1 } }),
  );
  const drop = async () => {
    await dataSource.destroy();
    await server.query(`DROP DATABASE \`${name}\``);
    await server.destroy();
  };
  return { dataSource, environment: { DATABASE_URL: url, VIDIVERSE_DATA: tmpdir() }, drop };
}
