import { describe, expect, test } from '@jest/globals';
import { TEST_MARIADB } from '../database/testing/open-test-database.js';
import { defineJob, type JobQueue } from './job-queue.js';
import { useLab } from './testing/contract/use-lab.js';
import { NOBODY_DIES, TEST_REDIS } from './testing/job-lab.js';
import { describeJobQueue } from './testing/job-queue-contract.js';
import { unavailable } from './testing/unavailable.js';
import { until } from './testing/until.js';

const missing = await unavailable(TEST_MARIADB, TEST_REDIS);
const noRedis = await unavailable(TEST_REDIS);
const count = defineJob<number>({ name: 'test.count' });
const MANY = 50;
const NOWHERE = { REDIS_URL: 'redis://127.0.0.1:1' };

describeJobQueue('the Bull queue on Redis and MariaDB', { database: 'mariadb', redis: TEST_REDIS }, missing);

(noRedis ? describe.skip : describe)(
  noRedis ? `Redis that fails (skipped: ${noRedis})` : 'Redis that fails',
  () => {
    const lab = useLab({ database: 'sqlite', redis: TEST_REDIS });

    test('emptied while jobs wait: all of them run', async () => {
      const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
      for (let number = 0; number < MANY; number++) await adder.add(count, number);
      await lab().emptyRedis();
      const seen: number[] = [];
      const worker = await lab().queue(
        (queue) => queue.process(count, async ({ payload }) => void seen.push(payload)),
        NOBODY_DIES,
      );
      await worker.untilIdle();
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: MANY }, (_, number) => number));
    });

    test('left with half a ticket of each job: all of them run', async () => {
      const adder = await lab().queue(undefined, { VIDIVERSE_ROLES: 'web' });
      for (let number = 0; number < MANY; number++) await adder.add(count, number);
      await until('Redis has them', async () => (await lab().tickets(count.name)) === MANY);
      await lab().emptyRedis(':wait');
      await lab().emptyRedis(':priority');
      const seen: number[] = [];
      const worker = await lab().queue(
        (queue) => queue.process(count, async ({ payload }) => void seen.push(payload)),
        NOBODY_DIES,
      );
      await worker.untilIdle();
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: MANY }, (_, number) => number));
    });

    test('emptied again and again while jobs run: each runs exactly once', async () => {
      const seen: number[] = [];
      const register = (queue: JobQueue) =>
        queue.process(count, async ({ payload }) => void seen.push(payload));
      const worker = await lab().queue(register, NOBODY_DIES);
      for (let number = 0; number < MANY; number++) {
        await worker.add(count, number);
        if (number % 10 === 5) await lab().emptyRedis();
      }
      await worker.untilIdle();
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: MANY }, (_, number) => number));
    });

    test('away: adding and reading go on, and the job runs when there is a Redis', async () => {
      const cutOff = await lab().queue((queue) => queue.process(count, async () => {}), NOWHERE);
      const id = await cutOff.add(count, 7);
      expect((await cutOff.get(id))?.state).toBe('waiting');
      expect((await cutOff.list({ start: 0, count: 5 })).total).toBe(1);
      await lab().stop(cutOff);
      const seen: number[] = [];
      await lab().queue((queue) => queue.process(count, async ({ payload }) => void seen.push(payload)));
      await until('it ran', () => seen.length === 1);
    });
  },
);
