import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey } from './table-builder.js';

/** Views per day, for the trending order. */
export class VideoViews1795000000002 implements MigrationInterface {
  name = 'VideoViews1795000000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    const { integer, string } = columnTypes(queryRunner);
    await createTable(
      queryRunner,
      'video_views',
      [integer('videoId', { isPrimary: true }), string('day', 10, { isPrimary: true }), integer('views')],
      { foreignKeys: [foreignKey('videoId', 'videos')] },
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('video_views');
  }
}
