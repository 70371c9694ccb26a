import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { loadConfig } from '../../config/load-config.js';
import { createJobQueue } from '../create-job-queue.js';
import { openTestDatabase, type TestBackend } from '../../database/testing/open-test-database.js';
import type { DurableJobQueue } from '../durable-job-queue.js';
import type { JobQueue } from '../job-queue.js';
import { WorkerProcess } from './worker-process.js';

export const TEST_REDIS = process.env.VIDIVERSE_TEST_REDIS ?? 'redis://127.0.0.1:6379';

/** Short times, so that dead processes are noticed within a second. */
const QUICK = {
  VIDIVERSE_JOBS_LEASE: '1',
  VIDIVERSE_JOBS_POLL_INTERVAL: '50',
  VIDIVERSE_JOBS_RECONCILE_INTERVAL: '200',
  VIDIVERSE_JOBS_SHUTDOWN_GRACE: '1',
};

/** No process is taken for a dead one, however busy the machine is: for tests of what runs exactly once. */
export const NOBODY_DIES = { VIDIVERSE_JOBS_LEASE: '300' };

export interface LabOptions {
  database: TestBackend;
  /** With Redis: the Bull queue. */
  redis?: string;
}

/** One database, and with Bull one Redis prefix, on which any number of queues and processes work. */
export class JobLab {
  private readonly queues: DurableJobQueue[] = [];
  private readonly processes: WorkerProcess[] = [];

  private constructor(
    readonly dataSource: DataSource,
    private readonly environment: Record<string, string>,
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  static async open({ database, redis }: LabOptions): Promise<JobLab> {
    const { dataSource, environment, drop } = await openTestDatabase(database);
    const prefix = `vidiverse_test_${randomBytes(6).toString('hex')}`;
    const broker: Record<string, string> = redis ? { REDIS_URL: redis, VIDIVERSE_REDIS_PREFIX: prefix } : {};
    return new JobLab(dataSource, { ...environment, ...QUICK, ...broker }, drop);
  }

  /** A queue of this process: `register` names its handlers, then it works unless its roles say otherwise. */
  async queue(
    register: (queue: JobQueue) => void = () => {},
    settings: Record<string, string> = {},
  ): Promise<DurableJobQueue> {
    const queue = await createJobQueue(loadConfig({ ...this.environment, ...settings }), this.dataSource);
    register(queue);
    await queue.onApplicationBootstrap();
    this.queues.push(queue);
    return queue;
  }

  /** Stops a queue as Nest does. */
  async stop(queue: DurableJobQueue): Promise<void> {
    this.queues.splice(this.queues.indexOf(queue), 1);
    queue.onModuleDestroy();
    await queue.beforeApplicationShutdown();
  }

  /** A process of its own that handles the kinds of worker-main.ts. */
  async process(): Promise<WorkerProcess> {
    const worker = await WorkerProcess.start(this.environment);
    this.processes.push(worker);
    return worker;
  }

  /** Ends every queue and process of the last test and empties the table. */
  async reset(): Promise<void> {
    await Promise.all(this.processes.splice(0).map((worker) => worker.kill()));
    await Promise.all([...this.queues].map((queue) => this.stop(queue)));
    await this.dataSource.query('DELETE FROM jobs');
    await this.dataSource.query('DELETE FROM settings');
    await this.emptyRedis();
  }

  async drop(): Promise<void> {
    await this.reset();
    await this.dropDatabase();
  }

  /** Redis forgets everything of this lab, as after a FLUSHALL, or the keys that end so. */
  async emptyRedis(ending = ''): Promise<void> {
    if (!this.environment.REDIS_URL) return;
    const { removeKeys } = await import('./redis-keys.js');
    await removeKeys(this.environment.REDIS_URL, `${this.environment.VIDIVERSE_REDIS_PREFIX}:*${ending}`);
  }

  /** Tickets of a kind that Redis has. */
  async tickets(kind: string): Promise<number> {
    const { countKeys } = await import('./redis-keys.js');
    const { REDIS_URL, VIDIVERSE_REDIS_PREFIX } = this.environment;
    return countKeys(REDIS_URL!, `${VIDIVERSE_REDIS_PREFIX}:jobs:${kind}:*-*`);
  }
}
