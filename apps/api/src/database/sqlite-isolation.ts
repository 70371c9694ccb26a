import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, QueryFailedError, type QueryResult, type QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { LoopShare } from './loop-share.js';

type Release = () => void;

/** What TypeORM says. */
const BEGIN = 'BEGIN TRANSACTION';
/**
 * Takes the write lock at once. A transaction that has read first and then writes fails without any waiting ("database is
 * locked") when another process wrote in between: https://www.sqlite.org/rescode.html#busy_snapshot
 */
const BEGIN_TO_WRITE = 'BEGIN IMMEDIATE TRANSACTION';
/** Milliseconds. SQLite itself waits without letting anything else run, so that it waits once, in steps, and we in between. */
const BUSY_WAIT = 5;
const BUSY_PAUSE = 20;
const DEFAULT_LOCK_TIMEOUT = 5000;
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i;

/** First come, first served. Taking it is synchronous when it is free, so no two callers can both see it free. */
class FifoLock {
  private held = false;
  private readonly waiting: Release[] = [];

  async acquire(): Promise<Release> {
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.held = true;
    return () => {
      const next = this.waiting.shift();
      if (next) next();
      else this.held = false;
    };
  }
}

/** A query runner that holds the connection for the length of its transaction, and for one query outside of one. */
class IsolatedQueryRunner extends BetterSqlite3QueryRunner {
  private unlock: Release | undefined;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly lock: FifoLock,
    private readonly lockTimeout: number,
    private readonly loop: LoopShare,
  ) {
    super(driver);
  }

  override async query<T>(query: string, parameters?: unknown[], useStructuredResult?: false): Promise<T>;
  override async query(
    query: string,
    parameters: unknown[] | undefined,
    useStructuredResult: true,
  ): Promise<QueryResult>;
  override async query(
    query: string,
    parameters?: unknown[],
    useStructuredResult?: boolean,
  ): Promise<unknown> {
    const run = () => super.query(query, parameters, useStructuredResult as true);
    if (this.unlock) {
      await this.loop.give();
      return query === BEGIN ? this.begin() : run();
    }
    const release = await this.lock.acquire();
    try {
      await this.loop.give();
      return await (WRITES.test(query) ? this.whole(run) : run());
    } finally {
      release();
    }
  }

  /**
   * One statement as a transaction of its own: only a BEGIN then finds the file locked, never a prepared statement. libsql
   * does not reset one that failed so, and SQLite refuses every commit until it is collected ("statements in progress").
   */
  private async whole<T>(run: () => Promise<T>): Promise<T> {
    await this.begin();
    try {
      const result = await run();
      await this.exec('COMMIT');
      return result;
    } catch (error) {
      // Some errors have SQLite roll back by itself, and there is nothing left to: the first error is the one to tell.
      await this.exec('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** Waits for another process that holds the file, while this one goes on with other work. */
  private async begin(): Promise<void> {
    const end = performance.now() + this.lockTimeout;
    for (;;) {
      try {
        return await this.exec(BEGIN_TO_WRITE);
      } catch (error) {
        if ((error as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() >= end) throw error;
      }
      await sleep(BUSY_PAUSE);
    }
  }

  private async exec(statement: string): Promise<void> {
    const connection = (await this.connect()) as { exec(sql: string): unknown };
    try {
      connection.exec(statement);
    } catch (error) {
      throw new QueryFailedError(statement, [], error as Error);
    }
  }

  override async startTransaction(...args: Parameters<QueryRunner['startTransaction']>): Promise<void> {
    this.unlock ??= await this.lock.acquire();
    try {
      await super.startTransaction(...args);
    } catch (error) {
      // TypeORM takes a transaction whose BEGIN failed for an open one.
      if (this.transactionDepth === 0) this.ended();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (!this.isTransactionActive) this.free();
  }

  override async rollbackTransaction(): Promise<void> {
    const outermost = this.transactionDepth <= 1;
    try {
      await super.rollbackTransaction();
    } finally {
      if (outermost) this.ended();
    }
  }

  override async release(): Promise<void> {
    if (this.isTransactionActive) await this.rollbackTransaction();
    await super.release();
  }

  /** Also one that SQLite rolled back by itself, where TypeORM's ROLLBACK fails and would be tried again. */
  private ended(): void {
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    this.free();
  }

  private free(): void {
    this.unlock?.();
    this.unlock = undefined;
  }
}

/**
 * TypeORM shares one SQLite connection and one query runner, so that parallel transactions run into each other and a
 * plain save() is rolled back with somebody else's transaction. Here each caller gets its own runner behind one lock.
 * Inside `transaction(m => ...)` use `m` only: a repository waits for the transaction that waits for it.
 * A write waits up to `lockTimeout` milliseconds for other processes. docs/decisions/0003-sqlite-transactions.md
 */
export async function isolateTransactions(
  dataSource: DataSource,
  lockTimeout = DEFAULT_LOCK_TIMEOUT,
): Promise<void> {
  const driver = dataSource.driver as BetterSqlite3Driver;
  const lock = new FifoLock();
  const loop = new LoopShare();
  driver.createQueryRunner = () => new IsolatedQueryRunner(driver, lock, lockTimeout, loop);
  await dataSource.query(`PRAGMA busy_timeout = ${BUSY_WAIT}`);
}
