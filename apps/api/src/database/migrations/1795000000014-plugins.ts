import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, timestamps } from './table-builder.js';

/** What is remembered of plugins, and what they keep. */
export class Plugins1795000000014 implements MigrationInterface {
  name = 'Plugins1795000000014';

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { boolean, integer, string, text } = types;
    const key = { isPrimary: true };
    // Keys that differ in case are two: in MySQL's own order they are one.
    const exact =
      queryRunner.connection.options.type === 'better-sqlite3' ? {} : { collation: 'utf8mb4_bin' };
    await createTable(queryRunner, 'plugins', [
      string('name', 64, key),
      boolean('enabled', { default: true }),
      text('settings', { isNullable: true }),
      integer('failedStarts', { default: 0 }),
      text('problem', { isNullable: true }),
      ...timestamps(types),
    ]);
    await createTable(queryRunner, 'plugin_values', [
      string('plugin', 64, key),
      string('name', 200, { ...key, ...exact }),
      text('value'),
      ...timestamps(types),
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('plugin_values');
    await queryRunner.dropTable('plugins');
  }
}
