import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** Who announced which video. */
export class VideoShares1795000000007 implements MigrationInterface {
  name = 'VideoShares1795000000007';

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, string } = types;
    await createTable(
      queryRunner,
      'video_shares',
      [id('id'), integer('videoId'), integer('actorId'), string('activityUrl', 2000), ...timestamps(types)],
      {
        indices: [index('video_shares', ['videoId', 'actorId'], true), index('video_shares', ['actorId'])],
        foreignKeys: [foreignKey('videoId', 'videos'), foreignKey('actorId', 'actors')],
      },
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('video_shares');
  }
}
