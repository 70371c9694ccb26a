import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, EntitySubscriberInterface } from 'typeorm';
import { afterCommit } from './after-commit.js';

/** Whatever else comes first in a statement may have written. */
const READS = /^\s*(?:SELECT|PRAGMA|SHOW|EXPLAIN|SET|BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

/** Says whether this process has written to the database since: another number after each commit of a write. */
@Injectable()
export class DataVersion implements EntitySubscriberInterface {
  private version = 0;

  constructor(@InjectDataSource() dataSource: DataSource) {
    dataSource.subscribers.push(this);
  }

  get current(): number {
    return this.version;
  }

  afterQuery({ query, manager }: { query: string; manager: EntityManager }): void {
    if (!READS.test(query)) afterCommit(manager, () => (this.version += 1));
  }
}
