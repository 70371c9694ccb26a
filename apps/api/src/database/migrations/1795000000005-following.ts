import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** What is looked for to be followed, and how far the outboxes of the followed were read. */
export class Following1795000000005 implements MigrationInterface {
  name = 'Following1795000000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, text, string } = types;
    await createTable(
      queryRunner,
      'follow_targets',
      [
        id('id'),
        string('handle', 400),
        string('state', 64),
        text('reason', { isNullable: true }),
        ...timestamps(types),
      ],
      { indices: [index('follow_targets', ['handle'], true)] },
    );
    await createTable(
      queryRunner,
      'outbox_crawls',
      [
        id('id'),
        integer('followId'),
        string('state', 64),
        integer('total', { isNullable: true }),
        integer('fetched', { default: 0 }),
        integer('skipped', { default: 0 }),
        text('error', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [index('outbox_crawls', ['followId'], true)],
        foreignKeys: [foreignKey('followId', 'follows')],
      },
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('outbox_crawls');
    await queryRunner.dropTable('follow_targets');
  }
}
