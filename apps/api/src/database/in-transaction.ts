import { setTimeout as pause } from 'node:timers/promises';
import { type DataSource, type EntityManager, QueryFailedError } from 'typeorm';

const MAX_TRIES = 5;
/** Milliseconds, at most, before the next try. */
const PAUSE = 50;

/**
 * A transaction that is run again when InnoDB broke it off because two waited for each other. Nothing was written then, and
 * the other one is done. `work` may run several times.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (tries >= MAX_TRIES || !isDeadlock(error)) throw error;
      await pause(Math.random() * PAUSE);
    }
  }
}

const isDeadlock = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === 'ER_LOCK_DEADLOCK';
