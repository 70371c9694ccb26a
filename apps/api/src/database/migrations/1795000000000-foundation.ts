import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** Users, tokens, settings, actors, accounts and channels. */
export class Foundation1795000000000 implements MigrationInterface {
  name = 'Foundation1795000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, bigInt, boolean, date, text, string } = types;
    await createTable(
      queryRunner,
      'users',
      [
        id('id'),
        string('username', 50),
        string('email', 400),
        string('passwordHash', 255, { isNullable: true }),
        integer('role'),
        bigInt('videoQuota'),
        bigInt('videoQuotaDaily'),
        boolean('blocked', { default: false }),
        boolean('p2pEnabled', { default: true }),
        ...timestamps(types),
      ],
      { indices: [index('users', ['username'], true), index('users', ['email'], true)] },
    );
    await createTable(
      queryRunner,
      'actors',
      [
        id('id'),
        string('url', 2000),
        string('urlHash', 64),
        string('type', 20),
        string('username', 255),
        string('host', 255, { default: "''" }),
        string('inboxUrl', 2000),
        string('sharedInboxUrl', 2000, { isNullable: true }),
        string('outboxUrl', 2000, { isNullable: true }),
        string('followersUrl', 2000, { isNullable: true }),
        text('publicKey'),
        text('privateKey', { isNullable: true }),
        string('displayName', 120, { isNullable: true }),
        text('summary', { isNullable: true }),
        string('iconUrl', 2000, { isNullable: true }),
        date('fetchedAt', { isNullable: true }),
        date('deletedAt', { isNullable: true }),
        ...timestamps(types),
      ],
      { indices: [index('actors', ['urlHash'], true), index('actors', ['host'])] },
    );
    await createTable(
      queryRunner,
      'accounts',
      [
        id('id'),
        string('name', 255),
        string('host', 255, { default: "''" }),
        string('displayName', 120),
        text('description', { isNullable: true }),
        integer('userId', { isNullable: true }),
        integer('actorId', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('accounts', ['name', 'host'], true),
          index('accounts', ['userId'], true),
          index('accounts', ['actorId'], true),
        ],
        foreignKeys: [foreignKey('userId', 'users'), foreignKey('actorId', 'actors')],
      },
    );
    await createTable(
      queryRunner,
      'channels',
      [
        id('id'),
        string('name', 255),
        string('host', 255, { default: "''" }),
        string('displayName', 120),
        text('description', { isNullable: true }),
        text('support', { isNullable: true }),
        integer('accountId'),
        integer('actorId', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('channels', ['name', 'host'], true),
          index('channels', ['accountId']),
          index('channels', ['actorId'], true),
        ],
        foreignKeys: [foreignKey('accountId', 'accounts'), foreignKey('actorId', 'actors')],
      },
    );
    await createTable(
      queryRunner,
      'oauth_clients',
      [id('id'), string('clientId', 64), string('clientSecret', 64), ...timestamps(types)],
      { indices: [index('oauth_clients', ['clientId'], true)] },
    );
    await createTable(
      queryRunner,
      'oauth_tokens',
      [
        id('id'),
        string('accessTokenHash', 64),
        date('accessTokenExpiresAt'),
        string('refreshTokenHash', 64),
        date('refreshTokenExpiresAt'),
        string('family', 64),
        date('revokedAt', { isNullable: true }),
        integer('userId'),
        ...timestamps(types),
      ],
      {
        indices: [
          index('oauth_tokens', ['accessTokenHash'], true),
          index('oauth_tokens', ['refreshTokenHash'], true),
          index('oauth_tokens', ['family']),
          index('oauth_tokens', ['userId']),
        ],
        foreignKeys: [foreignKey('userId', 'users')],
      },
    );
    await createTable(queryRunner, 'settings', [
      string('name', 100, { isPrimary: true }),
      text('value'),
      ...timestamps(types),
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'settings',
      'oauth_tokens',
      'oauth_clients',
      'channels',
      'accounts',
      'actors',
      'users',
    ]) {
      await queryRunner.dropTable(table);
    }
  }
}
