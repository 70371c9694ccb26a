import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { columnTypes } from './table-builder.js';

/** A copy is kept with what its origin says of the video. */
export class CachedDocuments1795000000013 implements MigrationInterface {
  name = 'CachedDocuments1795000000013';

  async up(queryRunner: QueryRunner): Promise<void> {
    const { date, string } = columnTypes(queryRunner);
    const nullable = { isNullable: true };
    await queryRunner.addColumns('cached_files', [
      new TableColumn(date('documentAt', nullable)),
      new TableColumn(string('documentSignedBy', 2000, nullable)),
      new TableColumn(date('documentAskedAt', nullable)),
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns('cached_files', ['documentAt', 'documentSignedBy', 'documentAskedAt']);
  }
}
