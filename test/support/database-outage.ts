import type { INestApplicationContext } from '@nestjs/common';
import Libsql from 'libsql';
import { join } from 'node:path';
import { DataSource } from 'typeorm';

/**
 * Keeps a running instance from its database: MariaDB does not answer any more, SQLite is held by another process and
 * takes no writes. Answers how to end that.
 */
export async function beginOutage(instance: {
  nest: INestApplicationContext;
  dataFolder: string;
}): Promise<() => Promise<void>> {
  const dataSource = instance.nest.get(DataSource);
  if (dataSource.options.type !== 'better-sqlite3') {
    await dataSource.destroy();
    return async () => void (await dataSource.initialize());
  }
  const holder = new Libsql(join(instance.dataFolder, 'vidiverse.sqlite'));
  holder.exec('BEGIN IMMEDIATE');
  return () => {
    holder.exec('ROLLBACK');
    holder.close();
    return Promise.resolve();
  };
}
