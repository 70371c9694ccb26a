import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';

/** Whatever else comes first in a statement may have written. */
const READS = /^\s*(?:SELECT|PRAGMA|SHOW|EXPLAIN|SET|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

interface DatabaseEvent {
  queryRunner: QueryRunner;
}

/** Says whether this process has written to the database since: another number after each commit of a write. */
@Injectable()
export class DataVersion implements EntitySubscriberInterface {
  private version = 0;
  /** In whose transaction something was written. */
  private readonly writing = new WeakSet<QueryRunner>();

  constructor(@InjectDataSource() dataSource: DataSource) {
    dataSource.subscribers.push(this);
  }

  get current(): number {
    return this.version;
  }

  afterQuery({ query, queryRunner }: DatabaseEvent & { query: string }): void {
    if (READS.test(query)) return;
    if (queryRunner.isTransactionActive) this.writing.add(queryRunner);
    else this.version += 1;
  }

  afterTransactionCommit({ queryRunner }: DatabaseEvent): void {
    // A savepoint of a nested transaction commits nothing yet.
    if (!queryRunner.isTransactionActive && this.writing.delete(queryRunner)) this.version += 1;
  }
}
