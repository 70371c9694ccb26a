import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setImmediate as others } from 'node:timers/promises';
import { Config } from '../config/config.js';
import { defineJob, exponentialBackoff, JobQueue } from '../jobs/job-queue.js';
import { Ticker } from '../jobs/ticker.js';
import { DueHosts } from './due-hosts.js';

/** Sends what waits for one host. Failures of the host are no failures of the job. */
export const deliverJob = defineJob<{ host: string }>({
  name: 'federation.deliver',
  attempts: 5,
  forgotten: true,
  backoff: exponentialBackoff(1000, 60_000),
});

/** A host that failed before is less likely to be worth a place than others. */
const FAILING = 1;
/** Milliseconds after which hosts that were due are looked at again. */
const SECOND_LOOK = 1000;

/**
 * Adds a job for each host that is due: right after a commit, when a back-off ends, and from time to time for whatever a
 * dead process or a job that was about to end left behind. The rows say what is due, jobs only carry it.
 */
@Injectable()
export class DeliveryDispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Deliveries');
  private readonly ticker: Ticker;
  private readonly secondLook: number;
  private readonly busy = new Set<string>();
  private troubled = false;

  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly hosts: DueHosts,
  ) {
    const { sweepInterval } = config.federation.delivery;
    this.ticker = new Ticker(() => this.dispatch(), sweepInterval);
    this.secondLook = Math.min(SECOND_LOOK, sweepInterval);
  }

  onApplicationBootstrap(): void {
    if (this.config.federation.enabled) this.ticker.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.ticker.stop();
  }

  /** Something changed that may make a host due, or will in so many milliseconds. */
  soon(milliseconds = 0): void {
    this.ticker.soon(milliseconds);
  }

  /** Keeps the host from getting another job while `work` sends to it. */
  async whileBusy<T>(host: string, work: () => Promise<T>): Promise<T> {
    this.busy.add(host);
    try {
      return await work();
    } finally {
      this.busy.delete(host);
    }
  }

  private async dispatch(): Promise<void> {
    try {
      const due = await this.hosts.list();
      for (const { host, failures } of due) {
        if (this.busy.has(host)) continue;
        const priority = failures > 0 ? FAILING : 0;
        await this.queue.add(deliverJob, { host }, { uniqueKey: host, priority });
        // SQLite answers without letting anybody else have a turn, and there may be a thousand hosts.
        await others();
      }
      // A job that found nothing and is about to end takes no note of what was added meanwhile.
      if (due.length > 0) this.ticker.soon(this.secondLook);
      this.troubled = false;
    } catch (error) {
      if (!this.troubled) this.logger.error(`deliveries cannot be looked for: ${String(error)}`);
      this.troubled = true;
    }
  }
}
