import Libsql from 'libsql';
import mysql from 'mysql2/promise';
import { join } from 'node:path';
import type { ServerProcess } from '../../support/server-process.js';

/** Milliseconds to wait for a writer. */
const BUSY = 10_000;

/** What a server keeps, read from outside of it; dates come as text. */
export async function rowsOf<Row>(
  { dataFolder, databaseUrl }: Pick<ServerProcess, 'dataFolder' | 'databaseUrl'>,
  query: string,
): Promise<Row[]> {
  if (databaseUrl === null) {
    const database = new Libsql(join(dataFolder, 'vidiverse.sqlite'));
    try {
      database.pragma(`busy_timeout = ${BUSY}`);
      return database.prepare(query).all() as Row[];
    } finally {
      database.close();
    }
  }
  const connection = await mysql.createConnection({ uri: databaseUrl, dateStrings: true });
  try {
    return (await connection.query(query))[0] as Row[];
  } finally {
    await connection.end();
  }
}
