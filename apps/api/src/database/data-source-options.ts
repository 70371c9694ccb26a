import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import type { Config } from '../config/config.js';
import { CachingSqlite } from './caching-sqlite.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';

/** How TypeORM reaches the database that the configuration names; the same for the app and for the command line. */
export function dataSourceOptions(config: Pick<Config, 'data' | 'database'>): DataSourceOptions {
  const shared = { entities, migrations, migrationsRun: false, synchronize: false, logging: false } as const;
  if (config.database.url) {
    return {
      ...shared,
      // 'mariadb' speaks to MySQL too; 'mysql' finds differences at each start where there are none.
      type: 'mariadb',
      url: config.database.url,
      charset: 'utf8mb4',
      timezone: 'Z',
      poolSize: config.database.poolSize,
    };
  }
  const timeout = config.database.lockTimeout * 1000;
  return {
    ...shared,
    type: 'better-sqlite3',
    timeout,
    driver: CachingSqlite,
    database: join(config.data, 'vidiverse.sqlite'),
    enableWAL: true,
    statementCacheSize: 0,
    prepareDatabase: (database: { pragma(sql: string): unknown }) => {
      // NORMAL is durable against a killed process in WAL mode.
      database.pragma('synchronous = NORMAL');
      database.pragma(`busy_timeout = ${timeout}`);
      database.pragma('foreign_keys = ON');
    },
  };
}
