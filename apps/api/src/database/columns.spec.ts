import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Repository } from 'typeorm';
import { SettingEntity } from '../instance/setting.entity.js';
import { JobEntity } from '../jobs/job.entity.js';
import { openTestDatabase, type TestDatabase } from './testing/open-test-database.js';

const LARGE = 2 ** 53 - 1;

describe('columns keep what is put into them, the same on both databases', () => {
  let database: TestDatabase;
  let jobs: Repository<JobEntity>;

  beforeAll(async () => {
    database = await openTestDatabase();
    jobs = database.dataSource.getRepository(JobEntity);
  });
  afterAll(() => database.drop());

  async function saved(fields: Partial<JobEntity>): Promise<JobEntity> {
    const id = randomUUID();
    await jobs.save(
      jobs.create({ id, kind: 'test', payload: {}, state: 'waiting', runAt: new Date(), ...fields }),
    );
    return jobs.findOneByOrFail({ id });
  }

  test('dates to the millisecond, in UTC, and found again by their value', async () => {
    const runAt = new Date('2026-03-29T01:30:00.123Z');
    const { id } = await saved({ runAt });
    expect((await jobs.findOneByOrFail({ id, runAt })).runAt).toEqual(runAt);
  });

  test('integers up to 2^53 - 1', async () => {
    expect((await saved({ leaseUntil: LARGE })).leaseUntil).toBe(LARGE);
  });

  test('JSON of any shape, beyond 64 KiB', async () => {
    const payload = { text: 'ü'.repeat(100_000), list: [1, null, { deep: true }] };
    expect((await saved({ payload })).payload).toEqual(payload);
  });

  test('text beyond 64 KiB, with characters outside the basic plane', async () => {
    const lastError = '🎬'.repeat(30_000);
    expect((await saved({ lastError })).lastError).toBe(lastError);
  });

  test('null as the only parameter of an update', async () => {
    const { id } = await saved({ lastError: 'something' });
    await jobs.update({ id }, { lastError: null });
    expect((await jobs.findOneByOrFail({ id })).lastError).toBeNull();
  });

  test('booleans and defaults as they were declared', async () => {
    const job = await saved({});
    expect([job.priority, job.attempts, job.crashes, job.leaseHolder]).toEqual([0, 0, 0, null]);
  });

  test('a key that is taken is refused', async () => {
    const settings = database.dataSource.getRepository(SettingEntity);
    const row = () => ({ name: 'taken', value: true, createdAt: new Date(), updatedAt: new Date() });
    await settings.insert(row());
    await expect(settings.insert(row())).rejects.toThrow(/UNIQUE|Duplicate/);
  });
});
