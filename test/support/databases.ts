import { randomBytes } from 'node:crypto';

const MARIADB = process.env.VIDIVERSE_TEST_MARIADB ?? 'mysql://root@127.0.0.1:3306';
const REDIS = process.env.VIDIVERSE_TEST_REDIS ?? 'redis://127.0.0.1:6379';

/** Environment that points an instance at its own database and queue, and the way to be rid of them. */
export interface TestBackend {
  environment: Record<string, string>;
  drop(): Promise<void>;
}

/** SQLite and the embedded queue, or a fresh MariaDB database and a Redis prefix when `VIDIVERSE_TEST_BACKEND=services`. */
export async function createTestDatabase(): Promise<TestBackend> {
  if (process.env.VIDIVERSE_TEST_BACKEND !== 'services') return { environment: {}, drop: async () => {} };
  const name = `vidiverse_test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  return {
    environment: { DATABASE_URL: `${MARIADB}/${name}`, REDIS_URL: REDIS, VIDIVERSE_REDIS_PREFIX: name },
    drop: () => onServer(`DROP DATABASE IF EXISTS \`${name}\``),
  };
}

async function onServer(statement: string): Promise<void> {
  // Most runs need no MariaDB.
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection(MARIADB);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
