import type { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { DurableJobQueue, type QueueParts } from './durable-job-queue.js';
import { EmbeddedDelivery } from './embedded-delivery.js';
import type { JobDelivery } from './job-delivery.js';
import { JobHandlers } from './job-handlers.js';
import { JobLeases } from './job-leases.js';
import { JobRunner } from './job-runner.js';
import { JobStore } from './job-store.js';
import { JobUpkeep } from './job-upkeep.js';
import { PauseSwitch } from './pause-switch.js';

export type QueueConfig = Pick<Config, 'jobs' | 'redis' | 'roles'>;

/** Puts the queue together that the configuration describes. `failed` is told of each job that is not tried again. */
export async function createJobQueue(
  config: QueueConfig,
  dataSource: DataSource,
  failed: QueueParts['failed'] = () => undefined,
): Promise<DurableJobQueue> {
  const lease = config.jobs.lease * 1000;
  const { crashLimit, keepFinished, concurrency, pollInterval } = config.jobs;
  const handlers = new JobHandlers();
  const leases = new JobLeases(dataSource, lease);
  const upkeep = new JobUpkeep(dataSource, { crashLimit, keepFinished: keepFinished * 1000 });
  return new DurableJobQueue(config, {
    handlers,
    failed,
    upkeep,
    store: new JobStore(dataSource),
    pauseSwitch: new PauseSwitch(dataSource),
    runner: (events) =>
      new JobRunner(handlers, leases, { ...events, lease, concurrency, progressInterval: pollInterval }),
    delivery: await createDelivery(config, upkeep),
  });
}

async function createDelivery({ jobs, redis }: QueueConfig, upkeep: JobUpkeep): Promise<JobDelivery> {
  if (!redis.url) return new EmbeddedDelivery();
  // Not loaded where nobody needs it.
  const { BullDelivery } = await import('./bull-delivery.js');
  const { prefix, url } = redis;
  return new BullDelivery(upkeep, {
    url,
    prefix,
    lease: jobs.lease * 1000,
    reconcileInterval: jobs.reconcileInterval,
  });
}
