import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { InboxEntry } from '@vidiverse/federation';
import { describeInboxJournal } from '@vidiverse/federation/testing';
import type { DataSource } from 'typeorm';
import { loadConfig } from '../config/load-config.js';
import { openTestDatabase, TEST_MARIADB, type TestDatabase } from '../database/testing/open-test-database.js';
import { createJobQueue } from '../jobs/create-job-queue.js';
import { JobEntity } from '../jobs/job.entity.js';
import { unavailable } from '../jobs/testing/unavailable.js';
import { InboxActivityEntity } from './inbox-activity.entity.js';
import { TypeOrmInboxJournal } from './typeorm-inbox-journal.js';

const noMariaDb = await unavailable(TEST_MARIADB);
const config = loadConfig({});

const toEntry = (row: InboxActivityEntity): InboxEntry => ({
  fingerprint: row.fingerprint,
  activityUrl: row.activityUrl,
  actorUrl: row.actorUrl,
  host: row.host,
  type: row.type,
  issuedAt: row.issuedAt,
  document: row.document,
  signedBody: row.signedBody,
});

async function openLab(dataSource: DataSource) {
  const queue = await createJobQueue(config, dataSource);
  const open = () => new TypeOrmInboxJournal(config, dataSource, queue);
  const rows = dataSource.getRepository(InboxActivityEntity);
  return {
    journal: open(),
    another: open,
    entries: async () => (await rows.find({ order: { id: 'ASC' } })).map(toEntry),
    drop: async () => {
      for (const entity of [InboxActivityEntity, JobEntity])
        await dataSource.createQueryBuilder().delete().from(entity).execute();
    },
  };
}

function describeOn(backend: 'sqlite' | 'mariadb'): void {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(backend);
  });
  afterAll(() => database.drop());

  describeInboxJournal(backend, () => openLab(database.dataSource));

  test('each activity has one job, written with it', async () => {
    const { dataSource } = database;
    const { journal, drop } = await openLab(dataSource);
    const entry: InboxEntry = {
      fingerprint: 'f'.repeat(64),
      activityUrl: 'https://peer.example/1',
      actorUrl: 'https://peer.example/accounts/ada',
      host: 'peer.example',
      type: 'Like',
      issuedAt: null,
      document: { id: 'https://peer.example/1', types: ['Like'], terms: {} },
      signedBody: null,
    };
    await journal.record([entry]);
    await journal.record([entry]);
    const [row] = await dataSource.getRepository(InboxActivityEntity).find();
    const jobs = await dataSource.getRepository(JobEntity).find();
    expect(jobs.map(({ kind, payload }) => [kind, payload])).toEqual([
      ['federation.receive', { id: row!.id }],
    ]);
    await drop();
  });
}

describe('on SQLite', () => describeOn('sqlite'));

(noMariaDb ? describe.skip : describe)(noMariaDb ? `on MariaDB (skipped: ${noMariaDb})` : 'on MariaDB', () =>
  describeOn('mariadb'),
);
