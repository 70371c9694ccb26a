import { Logger } from '@nestjs/common';
import { setTimeout as after } from 'node:timers/promises';
import { JobInterruptedError, type Interruption } from './job.errors.js';
import type { JobEntity } from './job.entity.js';
import type { JobHandlers, RegisteredHandler } from './job-handlers.js';
import type { JobLeases, ReadyJob } from './job-leases.js';
import { UnrecoverableJobError } from './job-queue.js';

/** Milliseconds between tries to write how a job ended while the database is away. */
const WRITE_RETRY = 500;

export interface RunnerOptions {
  /** Milliseconds. */
  lease: number;
  /** Milliseconds between two writes of a job's progress. */
  progressInterval: number;
  /** Jobs of one kind at once, unless the kind says otherwise. */
  concurrency: number;
  /** A job waits again and has to be brought to a worker. */
  ready: (job: ReadyJob) => void;
  /** A job is to be tried again in so many milliseconds. */
  delayed: (milliseconds: number) => void;
  /** A job is not tried again. */
  failed: (job: JobEntity) => void;
}

interface Run {
  row: JobEntity;
  abort: AbortController;
  interruption?: Interruption;
  progress: number;
  written: number;
  writtenAt: number;
  ended: Promise<void>;
}

/** Claims jobs for this process and runs their handlers. */
export class JobRunner {
  /** Nothing new is claimed while false. */
  accepting = false;
  private readonly logger = new Logger('Jobs');
  private readonly runs = new Map<string, Run>();
  private readonly running = new Map<string, number>();
  private readonly claims = new Set<Promise<JobEntity[]>>();
  private renewedAt = 0;

  constructor(
    private readonly handlers: JobHandlers,
    private readonly leases: JobLeases,
    private readonly options: RunnerOptions,
  ) {}

  get size(): number {
    return this.runs.size;
  }

  /** Jobs of this kind that this process may run at once. */
  limit(kind: string): number {
    return this.handlers.get(kind)?.kind.concurrency ?? this.options.concurrency;
  }

  /** Kinds of which a job waits, also those that nothing here handles; none while the runner takes nothing new. */
  async *waitingKinds(): AsyncGenerator<string> {
    for (let kind = ''; this.accepting; yield kind) {
      const next = await this.leases.nextWaitingKind(kind);
      if (next === null) return;
      kind = next;
    }
  }

  /** Runs the waiting job with this id to its end. False, and nothing done, while the runner takes nothing new. */
  async runOne(id: string): Promise<boolean> {
    if (!this.accepting) return false;
    const [row] = await this.claiming(this.leases.claim(id));
    if (row) await this.start(row);
    return true;
  }

  /** Starts as many waiting jobs of a kind as there are free places; calls back as each ends. Answers how many. */
  async runNext(kind: string, ended: () => void): Promise<number> {
    const free = this.limit(kind) - (this.running.get(kind) ?? 0);
    if (!this.accepting || free <= 0) return 0;
    const rows = await this.claiming(this.leases.claimNext(kind, free));
    for (const row of rows) void this.start(row).finally(ended);
    return rows.length;
  }

  /** Tells a job that runs here to stop. */
  interrupt(id: string, interruption: Interruption): void {
    const run = this.runs.get(id);
    if (run) this.stop(run, interruption);
  }

  interruptAll(interruption: Interruption): void {
    for (const run of this.runs.values()) this.stop(run, interruption);
  }

  /** Renews leases, writes progress, and stops what was cancelled or taken over elsewhere. To be called all the time. */
  async attend(): Promise<void> {
    if (this.runs.size === 0) return;
    const runs = [...this.runs.values()];
    if (Date.now() - this.renewedAt > this.options.lease / 3) {
      await this.leases.renew(runs.map(({ row }) => row.leaseHolder!));
      this.renewedAt = Date.now();
    }
    const rows = new Map((await this.leases.look(runs.map(({ row }) => row.id))).map((row) => [row.id, row]));
    for (const run of runs) {
      const current = rows.get(run.row.id);
      if (this.runs.get(run.row.id) !== run) continue;
      if (current?.leaseHolder !== run.row.leaseHolder) this.stop(run, 'lease lost');
      else if (current?.cancelRequested) this.stop(run, 'cancelled');
      await this.writeProgress(run);
    }
  }

  /** Resolves when nothing runs any more, or after `milliseconds`. */
  async settle(milliseconds: number): Promise<void> {
    await Promise.allSettled(this.claims);
    const stop = new AbortController();
    const all = Promise.all([...this.runs.values()].map(({ ended }) => ended));
    await Promise.race([all, after(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined)]);
    stop.abort();
  }

  /** Gives the rows of jobs that did not stop to others; what these jobs still write is refused. */
  async releaseAll(): Promise<void> {
    for (const { row } of [...this.runs.values()]) await this.release(row);
  }

  /** Rows that were claimed while the runner stopped are given back. */
  private async claiming(claim: Promise<JobEntity[]>): Promise<JobEntity[]> {
    const claimed = claim.then(async (rows) => {
      if (this.accepting) return rows;
      for (const row of rows) await this.release(row);
      return [];
    });
    this.claims.add(claimed);
    return claimed.finally(() => this.claims.delete(claimed));
  }

  private stop(run: Run, interruption: Interruption): void {
    if (run.interruption) return;
    run.interruption = interruption;
    run.abort.abort(new JobInterruptedError(interruption));
  }

  private async release(row: JobEntity): Promise<void> {
    const ready = await this.leases.release(row);
    if (ready) this.options.ready(ready);
  }

  private start(row: JobEntity): Promise<void> {
    const run: Run = {
      row,
      abort: new AbortController(),
      progress: 0,
      written: 0,
      writtenAt: 0,
      ended: Promise.resolve(),
    };
    // It ran here before and lost its lease without noticing yet.
    this.interrupt(row.id, 'lease lost');
    this.runs.set(row.id, run);
    this.running.set(row.kind, (this.running.get(row.kind) ?? 0) + 1);
    run.ended = this.run(run)
      .catch((error: unknown) =>
        this.logger.error(`job ${row.kind} ${row.id}: its end could not be written: ${String(error)}`),
      )
      .finally(() => {
        if (this.runs.get(row.id) === run) this.runs.delete(row.id);
        this.running.set(row.kind, this.running.get(row.kind)! - 1);
      });
    return run.ended;
  }

  private async run(run: Run): Promise<void> {
    const { row } = run;
    const registered = this.handlers.get(row.kind);
    if (!registered) return;
    if (row.cancelRequested) {
      await this.leases.cancelled(row);
      return;
    }
    try {
      await registered.handler({
        id: row.id,
        payload: row.payload,
        attempts: row.attempts,
        signal: run.abort.signal,
        progress: (percent) => this.setProgress(run, percent),
      });
    } catch (error) {
      return this.ended(run, registered, error);
    }
    await this.persist(() => {
      if (run.interruption === 'cancelled') return this.leases.cancelled(row);
      return registered.kind.forgotten ? this.leases.forget(row) : this.leases.complete(row);
    });
  }

  private async ended(run: Run, { kind }: RegisteredHandler, error: unknown): Promise<void> {
    const { row, interruption } = run;
    if (interruption === 'lease lost') return;
    if (interruption === 'cancelled') {
      await this.persist(() => this.leases.cancelled(row));
      return;
    }
    if (interruption === 'shutdown') {
      await this.release(row);
      return;
    }
    const failures = row.attempts + 1;
    const what = `${row.kind} ${row.id}, try ${failures} of ${row.maxAttempts}`;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UnrecoverableJobError || failures >= row.maxAttempts) {
      this.logger.error(`job ${what}, failed for good: ${message}`);
      if (await this.persist(() => this.leases.fail(row, error))) this.options.failed(row);
      return;
    }
    const delay = Math.max(0, Math.round(kind.backoff(failures)));
    this.logger.warn(`job ${what}, failed, again in ${delay} ms: ${message}`);
    if (await this.persist(() => this.leases.retryLater(row, error, delay))) this.options.delayed(delay);
  }

  private async setProgress(run: Run, percent: number): Promise<void> {
    run.progress = Math.round(Math.min(100, Math.max(0, percent)));
    if (Date.now() - run.writtenAt >= this.options.progressInterval) await this.writeProgress(run);
  }

  /** Never throws: a job does not fail because its progress could not be shown. */
  private async writeProgress(run: Run): Promise<void> {
    if (run.progress === run.written) return;
    run.written = run.progress;
    run.writtenAt = Date.now();
    try {
      if (!(await this.leases.progress(run.row, run.progress))) this.stop(run, 'lease lost');
    } catch {
      run.written = -1;
    }
  }

  /** Writes how a job ended, again and again for the length of a lease: the work is done and must not be done twice. */
  private async persist(write: () => Promise<boolean>): Promise<boolean> {
    const deadline = Date.now() + this.options.lease;
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await after(WRITE_RETRY);
      }
    }
  }
}
