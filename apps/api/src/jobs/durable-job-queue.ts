import {
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { setTimeout as after } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import { afterCommit } from '../database/after-commit.js';
import type { JobEntity } from './job.entity.js';
import { JobPayloadTooLargeError } from './job.errors.js';
import type { JobDelivery } from './job-delivery.js';
import type { JobHandlers } from './job-handlers.js';
import {
  JobQueue,
  type AddJobOptions,
  type JobHandler,
  type JobKind,
  type JobListQuery,
  type JobView,
} from './job-queue.js';
import type { JobRunner, RunnerOptions } from './job-runner.js';
import type { JobStore } from './job-store.js';
import type { JobUpkeep } from './job-upkeep.js';
import type { PauseSwitch } from './pause-switch.js';
import { Ticker } from './ticker.js';

const MAX_PRIORITY = 1_000_000;
/** Milliseconds. */
const PURGE_INTERVAL = 10 * 60_000;
const IDLE_POLL = 20;
const IDLE_LIMIT = 30_000;

export interface QueueParts {
  handlers: JobHandlers;
  store: JobStore;
  upkeep: JobUpkeep;
  pauseSwitch: PauseSwitch;
  /** Given what is to happen to jobs that wait again. */
  runner: (events: Pick<RunnerOptions, 'ready' | 'delayed' | 'failed'>) => JobRunner;
  delivery: JobDelivery;
  /** Told of each job that is not tried again, as it was written. */
  failed: (job: JobEntity) => void;
}

/** The queue over the `jobs` table; how rows reach a worker is the delivery's part. */
export class DurableJobQueue
  extends JobQueue
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private readonly logger = new Logger('Jobs');
  private readonly runner: JobRunner;
  private readonly ticker: Ticker;
  private purgedAt = 0;
  private paused = false;
  private stopping = false;
  private troubled = false;

  constructor(
    private readonly config: Pick<Config, 'jobs' | 'roles'>,
    private readonly parts: QueueParts,
  ) {
    super();
    this.runner = parts.runner({
      ready: (job) => parts.delivery.deliver([job]),
      delayed: (milliseconds) => this.ticker.soon(milliseconds),
      failed: parts.failed,
    });
    this.ticker = new Ticker(() => this.beat(), config.jobs.pollInterval);
  }

  async add<Payload>(kind: JobKind<Payload>, payload: Payload, options: AddJobOptions = {}): Promise<string> {
    this.checkSize(kind.name, payload);
    const { priority = 0, uniqueKey, manager } = options;
    const delay = Math.max(0, Math.round(options.delay ?? 0));
    const { id, added } = await this.parts.store.add(
      {
        kind: kind.name,
        payload,
        maxAttempts: kind.attempts,
        priority: Math.max(-MAX_PRIORITY, Math.min(MAX_PRIORITY, Math.round(priority))),
        delay,
        uniqueKey,
      },
      manager,
    );
    if (added)
      this.afterCommit(manager, () =>
        delay > 0 ? this.ticker.soon(delay) : this.parts.delivery.deliver([added]),
      );
    return id;
  }

  process<Payload>(kind: JobKind<Payload>, handler: JobHandler<Payload>): void {
    this.parts.handlers.register(kind, handler);
  }

  async cancel(id: string): Promise<boolean> {
    const outcome = await this.parts.store.cancel(id);
    if (outcome === 'asked') this.runner.interrupt(id, 'cancelled');
    return outcome !== null;
  }

  async retry(id: string): Promise<boolean> {
    const row = await this.parts.store.retry(id);
    if (row) this.parts.delivery.deliver([row]);
    return row !== null;
  }

  get(id: string): Promise<JobView | null> {
    return this.parts.store.find(id);
  }

  list(query: JobListQuery): Promise<{ total: number; data: JobView[] }> {
    return this.parts.store.list(query);
  }

  async pause(): Promise<void> {
    await this.parts.pauseSwitch.set(true);
    this.applyPause(true);
  }

  async resume(): Promise<void> {
    await this.parts.pauseSwitch.set(false);
    this.applyPause(false);
  }

  async untilIdle(timeoutMs = IDLE_LIMIT): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const busy = await this.parts.store.countBusy(this.parts.handlers.names());
      if (busy === 0 && this.runner.size === 0) return;
      if (Date.now() > deadline)
        throw new Error(`${busy} jobs are still waiting or running after ${timeoutMs} ms.`);
      await after(IDLE_POLL);
    }
  }

  /** Begins to work, in role `worker`. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.includes('worker')) return;
    const { handlers, store, delivery, pauseSwitch } = this.parts;
    const unknown = await store.unknownKinds(handlers.names());
    if (unknown.length > 0)
      this.logger.warn(`nothing here handles jobs of kind ${unknown.join(', ')}: they are left alone`);
    this.paused = await pauseSwitch.get();
    this.runner.accepting = !this.paused;
    delivery.start(this.runner, handlers.names());
    if (this.paused) delivery.pause();
    this.ticker.start();
  }

  /** Before anything that handlers use is taken away: claims nothing more. */
  onModuleDestroy(): void {
    this.stopping = true;
    this.runner.accepting = false;
    this.parts.delivery.pause();
  }

  /** Lets jobs finish, then tells them to stop, then gives their rows to other processes. */
  async beforeApplicationShutdown(): Promise<void> {
    const grace = this.config.jobs.shutdownGrace * 1000;
    await this.runner.settle(grace);
    this.runner.interruptAll('shutdown');
    await this.runner.settle(grace);
    await this.ticker.stop();
    await this.runner.releaseAll();
    await this.parts.delivery.close();
  }

  private async beat(): Promise<void> {
    try {
      // First: a lease that ran out while this process slept is not taken from it by itself.
      await this.runner.attend();
      const { upkeep, delivery, pauseSwitch } = this.parts;
      delivery.deliver(await upkeep.promoteDue());
      await this.recover();
      if (Date.now() - this.purgedAt > PURGE_INTERVAL) {
        await upkeep.purge();
        this.purgedAt = Date.now();
      }
      this.applyPause(await pauseSwitch.get());
      if (!this.stopping) await delivery.beat();
      this.troubled = false;
    } catch (error) {
      if (!this.troubled) this.logger.error(`the queue cannot work: ${String(error)}`);
      this.troubled = true;
    }
  }

  private async recover(): Promise<void> {
    const { waiting, setAside } = await this.parts.upkeep.recoverCrashed();
    for (const { kind, id } of waiting)
      this.logger.warn(`job ${kind} ${id}: its process died, it runs again`);
    for (const job of setAside) {
      this.logger.error(`job ${job.kind} ${job.id}: its process died too often, set aside`);
      this.parts.failed(job);
    }
    this.parts.delivery.deliver(waiting);
  }

  private applyPause(paused: boolean): void {
    if (paused === this.paused || this.stopping || !this.config.roles.includes('worker')) return;
    this.paused = paused;
    this.runner.accepting = !paused;
    if (paused) this.parts.delivery.pause();
    else this.parts.delivery.resume();
  }

  private afterCommit(manager: AddJobOptions['manager'], callback: () => void): void {
    if (manager) afterCommit(manager, callback);
    else callback();
  }

  private checkSize(kind: string, payload: unknown): void {
    const limit = this.config.jobs.maxPayload;
    const size = Buffer.byteLength(JSON.stringify(payload ?? null));
    if (size > limit) throw new JobPayloadTooLargeError(kind, size, limit);
  }
}
