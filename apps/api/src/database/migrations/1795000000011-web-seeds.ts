import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** Copies of files that cache instances offer. */
export class WebSeeds1795000000011 implements MigrationInterface {
  name = 'WebSeeds1795000000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { bigInt, boolean, date, double, id, integer, string, text } = types;
    const nullable = { isNullable: true };
    await createTable(
      queryRunner,
      'web_seeds',
      [
        id('id'),
        integer('fileId'),
        integer('actorId'),
        string('host', 255),
        string('cacheFileUrl', 2000),
        string('cacheFileHash', 64),
        string('url', 2000),
        date('expiresAt', nullable),
        date('saidAt', nullable),
        string('state', 20),
        integer('errors', { default: 0 }),
        double('failureRate', { default: 0 }),
        bigInt('throughput', nullable),
        date('checkedAt', nullable),
        date('checkDueAt', nullable),
        text('lastError', nullable),
        text('untold', nullable),
        boolean('told', { default: false }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('web_seeds', ['cacheFileHash'], true),
          index('web_seeds', ['fileId']),
          index('web_seeds', ['actorId']),
          index('web_seeds', ['host']),
          index('web_seeds', ['expiresAt']),
          index('web_seeds', ['checkDueAt']),
        ],
        foreignKeys: [foreignKey('fileId', 'video_files'), foreignKey('actorId', 'actors')],
      },
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('web_seeds');
  }
}
