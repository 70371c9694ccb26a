import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { isolateTransactions } from './sqlite-isolation.js';

/** Opens the database, isolates transactions on SQLite and brings the schema up to date. */
export async function openDatabase(options: DataSourceOptions): Promise<DataSource> {
  if (options.type === 'better-sqlite3') await mkdir(dirname(options.database), { recursive: true });
  const dataSource = await new DataSource(options).initialize();
  if (options.type === 'better-sqlite3') await isolateTransactions(dataSource, options.timeout);
  await dataSource.runMigrations({ transaction: 'each' });
  return dataSource;
}
