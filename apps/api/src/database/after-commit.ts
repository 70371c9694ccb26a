import type { DataSource, EntityManager, EntitySubscriberInterface, QueryRunner } from 'typeorm';

type Callback = () => void;

/** Hears every commit and rollback of one data source and runs what waits for them. */
class CommitListener implements EntitySubscriberInterface {
  private readonly waiting = new WeakMap<QueryRunner, Callback[]>();

  wait(runner: QueryRunner, callback: Callback): void {
    const callbacks = this.waiting.get(runner);
    if (callbacks) callbacks.push(callback);
    else this.waiting.set(runner, [callback]);
  }

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    // A savepoint of a nested transaction commits nothing yet.
    if (queryRunner.isTransactionActive) return;
    const callbacks = this.waiting.get(queryRunner) ?? [];
    this.waiting.delete(queryRunner);
    for (const callback of callbacks) callback();
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (!queryRunner.isTransactionActive) this.waiting.delete(queryRunner);
  }
}

function listenerOf(dataSource: DataSource): CommitListener {
  const known = dataSource.subscribers.find((subscriber) => subscriber instanceof CommitListener);
  if (known) return known;
  const listener = new CommitListener();
  dataSource.subscribers.push(listener);
  return listener;
}

/**
 * Calls back once the manager's transaction is committed, never when it is rolled back, and at once when there is none.
 * The callback may start database work but not wait for it: on SQLite the committing transaction still holds the lock.
 * After the rollback of a nested transaction alone, its callbacks still come with the outer commit.
 */
export function afterCommit(manager: EntityManager, callback: Callback): void {
  const runner = manager.queryRunner;
  if (runner?.isTransactionActive) listenerOf(manager.dataSource).wait(runner, callback);
  else callback();
}
