import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, foreignKey, index, timestamps } from './table-builder.js';

/** Follows and the policy's record, what is to be told to whom, what was received, what was deleted. */
export class Federation1795000000004 implements MigrationInterface {
  name = 'Federation1795000000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createFollows(queryRunner);
    await this.createOutbox(queryRunner);
    await this.createInbox(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'tombstones',
      'inbox_activities',
      'delivery_hosts',
      'deliveries',
      'outbox_activities',
      'follow_back_exclusions',
      'policy_verdicts',
      'follows',
    ]) {
      await queryRunner.dropTable(table);
    }
  }

  private async createFollows(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, text, string, date } = types;
    await createTable(
      queryRunner,
      'follows',
      [
        id('id'),
        integer('followerId'),
        integer('targetId'),
        string('state', 20),
        string('activityUrl', 2000),
        date('issuedAt', { isNullable: true }),
        date('since', { isNullable: true }),
        text('reason', { isNullable: true }),
        string('decidedBy', 64, { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [index('follows', ['followerId', 'targetId'], true), index('follows', ['targetId'])],
        foreignKeys: [foreignKey('followerId', 'actors'), foreignKey('targetId', 'actors')],
      },
    );
    await createTable(
      queryRunner,
      'policy_verdicts',
      [
        id('id'),
        string('question', 64),
        string('actorUrl', 2000),
        string('host', 255),
        string('targetUrl', 2000),
        string('decision', 64),
        string('rule', 64),
        text('reason'),
        ...timestamps(types),
      ],
      { indices: [index('policy_verdicts', ['question']), index('policy_verdicts', ['host'])] },
    );
    await createTable(
      queryRunner,
      'follow_back_exclusions',
      [id('id'), string('host', 255), text('note', { isNullable: true }), ...timestamps(types)],
      { indices: [index('follow_back_exclusions', ['host'], true)] },
    );
  }

  private async createOutbox(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, integer, boolean, date, text, string } = types;
    await createTable(
      queryRunner,
      'outbox_activities',
      [
        id('id'),
        string('activityUrl', 2000),
        integer('actorId', { isNullable: true }),
        text('body'),
        text('signedBody', { isNullable: true }),
        ...timestamps(types),
      ],
      { indices: [index('outbox_activities', ['actorId'])] },
    );
    await createTable(
      queryRunner,
      'deliveries',
      [
        id('id'),
        integer('outboxActivityId'),
        string('host', 255),
        string('inboxUrl', 2000),
        string('state', 20),
        date('waitingSince'),
        integer('attempts', { default: 0 }),
        integer('answered', { default: 0 }),
        text('lastError', { isNullable: true }),
        date('finishedAt', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('deliveries', ['outboxActivityId']),
          index('deliveries', ['host', 'state', 'id']),
          index('deliveries', ['state', 'finishedAt']),
        ],
        foreignKeys: [foreignKey('outboxActivityId', 'outbox_activities')],
      },
    );
    await createTable(queryRunner, 'delivery_hosts', [
      string('host', 255, { isPrimary: true }),
      integer('failures', { default: 0 }),
      date('failingSince', { isNullable: true }),
      date('nextAttemptAt', { isNullable: true }),
      date('lastSuccessAt', { isNullable: true }),
      text('lastError', { isNullable: true }),
      boolean('paused', { default: false }),
      ...timestamps(types),
    ]);
  }

  private async createInbox(queryRunner: QueryRunner): Promise<void> {
    const types = columnTypes(queryRunner);
    const { id, date, text, string } = types;
    await createTable(
      queryRunner,
      'inbox_activities',
      [
        id('id'),
        string('fingerprint', 64),
        string('activityUrl', 2000),
        string('actorUrl', 2000),
        string('host', 255),
        string('type', 64),
        date('issuedAt', { isNullable: true }),
        text('document'),
        text('signedBody', { isNullable: true }),
        string('state', 20),
        text('reason', { isNullable: true }),
        date('finishedAt', { isNullable: true }),
        ...timestamps(types),
      ],
      {
        indices: [
          index('inbox_activities', ['fingerprint'], true),
          index('inbox_activities', ['state', 'finishedAt']),
          index('inbox_activities', ['host', 'id']),
        ],
      },
    );
    await createTable(
      queryRunner,
      'tombstones',
      [
        string('hash', 64, { isPrimary: true }),
        string('url', 2000),
        string('actorUrl', 2000, { isNullable: true }),
        date('endedAt'),
        ...timestamps(types),
      ],
      { indices: [index('tombstones', ['endedAt'])] },
    );
  }
}
