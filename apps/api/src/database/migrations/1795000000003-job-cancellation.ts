import { TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columnTypes, index } from './table-builder.js';

const byRunAt = () => new TableIndex(index('jobs', ['state', 'kind', 'runAt']));
const added = () => [
  new TableIndex(index('jobs', ['state', 'kind', 'priority', 'id'])),
  new TableIndex(index('jobs', ['state', 'runAt'])),
  new TableIndex(index('jobs', ['finishedAt'])),
];

/** Asking a running job to stop, and the orders in which jobs are claimed, become due and are forgotten. */
export class JobCancellation1795000000003 implements MigrationInterface {
  name = 'JobCancellation1795000000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    const { boolean } = columnTypes(queryRunner);
    await queryRunner.addColumn('jobs', new TableColumn(boolean('cancelRequested', { default: false })));
    await queryRunner.dropIndex('jobs', byRunAt());
    for (const item of added()) await queryRunner.createIndex('jobs', item);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const item of added()) await queryRunner.dropIndex('jobs', item);
    await queryRunner.createIndex('jobs', byRunAt());
    await queryRunner.dropColumn('jobs', 'cancelRequested');
  }
}
