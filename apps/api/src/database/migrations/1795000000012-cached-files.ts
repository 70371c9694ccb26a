import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** Our copies of other instances' files. */
export class CachedFiles1795000000012 implements MigrationInterface {
  name = 'CachedFiles1795000000012';

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { bigInt, date, id, integer, string, text } = types;
    const nullable = { isNullable: true };
    await createTable(
      queryRunner,
      'cached_files',
      [
        id('id'),
        integer('videoFileId', nullable),
        string('videoUuid', 64),
        string('videoUrl', 2000),
        string('host', 255),
        string('originInboxUrl', 2000),
        string('filename', 255),
        string('torrentFilename', 255),
        string('mediaType', 64),
        integer('resolution'),
        integer('fps'),
        bigInt('size'),
        string('infoHash', 40),
        string('strategy', 64),
        text('reason'),
        string('state', 20),
        string('jobId', 64, nullable),
        bigInt('verifiedBytes', { default: 0 }),
        text('bytesFrom'),
        text('badSeeds'),
        bigInt('servedBytes', { default: 0 }),
        text('error', nullable),
        date('retryAt', nullable),
        date('cachedAt', nullable),
        date('expiresAt', nullable),
        ...timestamps(types),
      ],
      {
        indices: [
          index('cached_files', ['videoFileId'], true),
          index('cached_files', ['filename'], true),
          index('cached_files', ['torrentFilename'], true),
          index('cached_files', ['state']),
        ],
        foreignKeys: [foreignKey('videoFileId', 'video_files', 'SET NULL')],
      },
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('cached_files');
  }
}
