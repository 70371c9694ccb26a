import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** What others say of videos, and whom the staff and users do not want to hear. */
export class CommentsAndModeration1795000000009 implements MigrationInterface {
  name = 'CommentsAndModeration1795000000009';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createComments(queryRunner);
    await this.createRates(queryRunner);
    await this.createAbuses(queryRunner);
    await this.createBlocks(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['server_blocks', 'account_blocks', 'abuses', 'video_rates', 'comments'])
      await queryRunner.dropTable(table);
  }

  private async createComments(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, date, text, string } = types;
    await createTable(
      queryRunner,
      'comments',
      [
        id('id'),
        string('url', 2000, { isNullable: true }),
        string('urlHash', 64, { isNullable: true }),
        integer('videoId'),
        integer('accountId', { isNullable: true }),
        integer('threadId', { isNullable: true }),
        integer('inReplyToId', { isNullable: true }),
        integer('depth', { default: 0 }),
        text('text'),
        date('deletedAt', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('comments', ['urlHash'], true),
          index('comments', ['videoId', 'threadId']),
          index('comments', ['threadId']),
          index('comments', ['accountId']),
        ],
        foreignKeys: [foreignKey('videoId', 'videos'), foreignKey('accountId', 'accounts', 'SET NULL')],
      },
    );
  }

  private async createRates(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, string } = types;
    await createTable(
      queryRunner,
      'video_rates',
      [
        id('id'),
        integer('accountId'),
        integer('videoId'),
        string('type', 64),
        string('url', 2000, { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('video_rates', ['accountId', 'videoId'], true),
          index('video_rates', ['videoId', 'type']),
        ],
        foreignKeys: [foreignKey('accountId', 'accounts'), foreignKey('videoId', 'videos')],
      },
    );
  }

  private async createAbuses(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, text, string } = types;
    await createTable(
      queryRunner,
      'abuses',
      [
        id('id'),
        integer('state'),
        string('kind', 64),
        text('reason'),
        text('predefinedReasons'),
        text('moderationComment', { isNullable: true }),
        text('subject'),
        integer('startAt', { isNullable: true }),
        integer('endAt', { isNullable: true }),
        integer('reporterAccountId', { isNullable: true }),
        integer('flaggedAccountId', { isNullable: true }),
        integer('videoId', { isNullable: true }),
        integer('commentId', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('abuses', ['state']),
          index('abuses', ['reporterAccountId']),
          index('abuses', ['flaggedAccountId']),
        ],
        foreignKeys: [
          foreignKey('reporterAccountId', 'accounts', 'SET NULL'),
          foreignKey('flaggedAccountId', 'accounts', 'SET NULL'),
          foreignKey('videoId', 'videos', 'SET NULL'),
          foreignKey('commentId', 'comments', 'SET NULL'),
        ],
      },
    );
  }

  private async createBlocks(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, string } = types;
    await createTable(
      queryRunner,
      'account_blocks',
      [
        id('id'),
        string('key', 64),
        integer('byUserId', { isNullable: true }),
        integer('accountId'),
        ...timestamps(types),
      ],
      {
        indices: [
          index('account_blocks', ['key'], true),
          index('account_blocks', ['byUserId']),
          index('account_blocks', ['accountId']),
        ],
        foreignKeys: [foreignKey('byUserId', 'users'), foreignKey('accountId', 'accounts')],
      },
    );
    await createTable(
      queryRunner,
      'server_blocks',
      [
        id('id'),
        string('key', 300),
        integer('byUserId', { isNullable: true }),
        string('host', 255),
        ...timestamps(types),
      ],
      {
        indices: [
          index('server_blocks', ['key'], true),
          index('server_blocks', ['byUserId']),
          index('server_blocks', ['host']),
        ],
        foreignKeys: [foreignKey('byUserId', 'users')],
      },
    );
  }
}
