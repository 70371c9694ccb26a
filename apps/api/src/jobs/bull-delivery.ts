import { Logger } from '@nestjs/common';
import type Bull from 'bull';
import { setTimeout as after } from 'node:timers/promises';
import { openBullQueue } from './bull-queue.js';
import { JobDelivery } from './job-delivery.js';
import type { ReadyJob } from './job-leases.js';
import type { JobRunner } from './job-runner.js';
import type { JobUpkeep } from './job-upkeep.js';

/** Bull puts 1 first, and jobs without a priority after all others: every job gets one from the middle of its range. */
const PRIORITY_MIDDLE = 1_048_576;
/** Milliseconds; Bull waits for ever when Redis is away. */
const CLOSE_LIMIT = 3000;

interface Ticket {
  id: string;
}

export interface BullDeliveryOptions {
  /** redis:// or rediss:// */
  url: string;
  prefix: string;
  /** Milliseconds. */
  lease: number;
  /** Milliseconds between checks that Redis knows every waiting job. */
  reconcileInterval: number;
}

/**
 * Redis carries tickets with the ids of waiting rows, one Bull queue per kind. The id of a ticket names the row and when
 * it began to wait, so that adding it again changes nothing. Redis may be away or emptied at any time.
 */
export class BullDelivery extends JobDelivery {
  private readonly logger = new Logger('Jobs');
  private readonly queues = new Map<string, Bull.Queue<Ticket>>();
  private readonly refused: ReadyJob[] = [];
  private runner: JobRunner | undefined;
  private kinds: string[] = [];
  private reconciling: Promise<void> | undefined;
  private reconciledAt = 0;
  /** Redis was away or we just began: it may know nothing. */
  private stale = true;
  private troubled = false;
  private closed = false;

  constructor(
    private readonly upkeep: JobUpkeep,
    private readonly options: BullDeliveryOptions,
  ) {
    super();
  }

  deliver(jobs: ReadyJob[]): void {
    for (const kind of new Set(jobs.map((job) => job.kind))) {
      this.push(
        kind,
        jobs.filter((job) => job.kind === kind),
      ).catch((error: unknown) => this.trouble(error));
    }
  }

  start(runner: JobRunner, kinds: string[]): void {
    this.runner = runner;
    this.kinds = kinds;
    for (const kind of kinds) {
      const running = this.queue(kind).process(runner.limit(kind), (job) => this.run(kind, job));
      running.catch((error: unknown) => this.trouble(error));
    }
  }

  /** Does not wait for Redis: leases are renewed in the same beat. */
  async beat(): Promise<void> {
    const due = this.stale || Date.now() - this.reconciledAt >= this.options.reconcileInterval;
    if (!due || this.reconciling || this.kinds.length === 0) return;
    if (this.queue(this.kinds[0]!).client.status !== 'ready') return;
    this.reconciledAt = Date.now();
    this.reconciling = this.reconcile()
      .catch((error: unknown) => this.trouble(error))
      .finally(() => (this.reconciling = undefined));
  }

  pause(): void {
    for (const kind of this.kinds) {
      this.queue(kind)
        .pause(true, true)
        .catch((error: unknown) => this.trouble(error));
    }
  }

  resume(): void {
    this.stale = true;
    for (const kind of this.kinds) {
      this.queue(kind)
        .resume(true)
        .catch((error: unknown) => this.trouble(error));
    }
  }

  async close(): Promise<void> {
    await this.within(CLOSE_LIMIT, this.handBack());
    this.closed = true;
    await this.within(CLOSE_LIMIT, Promise.all([...this.queues.values()].map((queue) => queue.close(true))));
  }

  private async run(kind: string, ticket: Bull.Job<Ticket>): Promise<void> {
    if (await this.runner?.runOne(ticket.data.id)) return;
    this.refused.push({
      id: ticket.data.id,
      kind,
      priority: ticket.opts.priority! - PRIORITY_MIDDLE,
      updatedAt: new Date(0),
    });
  }

  /** Tickets that Bull handed us while we were stopping go back for other processes. */
  private async handBack(): Promise<void> {
    await this.reconciling;
    const refused = this.refused.splice(0);
    for (const job of refused) await this.push(job.kind, [{ ...job, updatedAt: new Date() }]);
  }

  /** With another `edition` a ticket is a new one for Redis. */
  private async push(kind: string, jobs: ReadyJob[], edition = ''): Promise<void> {
    await this.queue(kind).addBulk(
      jobs.map(({ id, priority, updatedAt }) => ({
        data: { id },
        opts: {
          jobId: `${id}-${updatedAt.getTime()}${edition}`,
          priority: PRIORITY_MIDDLE + priority,
          attempts: 1,
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    );
  }

  /**
   * A kind is pushed again as a whole when Redis was emptied (its mark is gone), when it was away, or when more jobs
   * have waited for an interval than Redis has tickets. In the last case Redis may have kept half a ticket (it was emptied
   * key by key, or evicts), which would keep the same one from being added: they are pushed as another edition, the same
   * from every process. A ticket too many is of no effect.
   */
  private async reconcile(): Promise<void> {
    const everything = this.stale;
    this.stale = false;
    const settled = await this.upkeep.countWaiting(new Date(Date.now() - this.options.reconcileInterval));
    const client = this.queue(this.kinds[0]!).client;
    const marks = await client.mget(this.kinds.map((kind) => this.mark(kind)));
    for (const [position, kind] of this.kinds.entries()) {
      const known = await this.queue(kind).getWaitingCount();
      const hasMark = Boolean(marks[position]);
      if (!everything && hasMark && known >= (settled.get(kind) ?? 0)) continue;
      const edition = everything || !hasMark ? '' : `-${this.interval()}`;
      for await (const page of this.upkeep.waiting(kind)) await this.push(kind, page, edition);
      await client.set(this.mark(kind), '1');
    }
    this.troubled = false;
  }

  /** Number of the current interval. */
  private interval(): number {
    return Math.floor(Date.now() / this.options.reconcileInterval);
  }

  private queue(kind: string): Bull.Queue<Ticket> {
    const present = this.queues.get(kind);
    if (present) return present;
    const { url, lease } = this.options;
    const queue = openBullQueue<Ticket>(kind, { url, prefix: this.prefix, lease });
    queue.on('error', (error) => this.trouble(error));
    this.queues.set(kind, queue);
    return queue;
  }

  private get prefix(): string {
    return `${this.options.prefix}:jobs`;
  }

  private mark(kind: string): string {
    return `${this.prefix}:${kind}:known`;
  }

  /** Said once, until Redis answers again. */
  private trouble(error: unknown): void {
    this.stale = true;
    if (this.troubled || this.closed) return;
    this.troubled = true;
    this.logger.warn(`Redis does not take jobs, they wait in the database: ${String(error)}`);
  }

  private async within(milliseconds: number, work: Promise<unknown>): Promise<void> {
    const stop = new AbortController();
    const limit = after(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([work.catch(() => undefined), limit]);
    stop.abort();
  }
}
