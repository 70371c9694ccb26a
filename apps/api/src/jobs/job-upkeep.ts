import { In, LessThan, LessThanOrEqual, MoreThan, type DataSource, type Repository } from 'typeorm';
import { JobEntity } from './job.entity.js';
import type { JobState } from './job-queue.js';
import type { ReadyJob } from './job-leases.js';

const FINISHED: JobState[] = ['completed', 'failed', 'cancelled'];
/** Rows per statement. */
const BATCH = 500;

export interface UpkeepOptions {
  crashLimit: number;
  /** Milliseconds. */
  keepFinished: number;
}

/** What time does to rows: delays end, leases of dead processes run out, finished jobs are forgotten. */
export class JobUpkeep {
  private readonly jobs: Repository<JobEntity>;

  constructor(
    dataSource: DataSource,
    private readonly options: UpkeepOptions,
  ) {
    this.jobs = dataSource.getRepository(JobEntity);
  }

  /** Delayed jobs whose time has come become waiting. */
  async promoteDue(): Promise<ReadyJob[]> {
    const due = await this.jobs.find({
      where: { state: 'delayed', runAt: LessThanOrEqual(new Date()) },
      order: { runAt: 'ASC' },
      take: BATCH,
    });
    if (due.length === 0) return [];
    const updatedAt = new Date();
    const promoted = { id: In(due.map(({ id }) => id)), state: 'delayed' as const };
    await this.jobs.update(promoted, { state: 'waiting', updatedAt });
    // Another process may have promoted some of them: bringing a job to a worker twice does no harm.
    return due.map((row) => ({ ...row, updatedAt }));
  }

  /**
   * Jobs whose lease ran out: their process died. Each one counts a crash and waits again; at the limit it is set aside.
   * Answers those that wait again, and those set aside.
   */
  async recoverCrashed(): Promise<{ waiting: ReadyJob[]; setAside: JobEntity[] }> {
    const dead = await this.jobs.find({
      where: { state: 'active', leaseUntil: LessThan(Date.now()) },
      take: BATCH,
    });
    const waiting: ReadyJob[] = [];
    const setAside: JobEntity[] = [];
    for (const row of dead) {
      const changes = this.afterCrash(row);
      const still = {
        id: row.id,
        state: 'active' as const,
        leaseHolder: row.leaseHolder ?? '',
        leaseUntil: row.leaseUntil ?? 0,
      };
      const { affected } = await this.jobs.update(still, changes);
      if (!affected) continue;
      if (changes.state === 'waiting') waiting.push({ ...row, ...changes });
      if (changes.state === 'set-aside') setAside.push({ ...row, ...changes } as JobEntity);
    }
    return { waiting, setAside };
  }

  /** How many jobs of each kind have waited since before then. */
  async countWaiting(before: Date): Promise<Map<string, number>> {
    const rows = await this.jobs
      .createQueryBuilder('job')
      .select('job.kind', 'kind')
      .addSelect('COUNT(*)', 'count')
      .where({ state: 'waiting', updatedAt: LessThan(before) })
      .groupBy('job.kind')
      .getRawMany<{ kind: string; count: string | number }>();
    return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
  }

  /** All waiting jobs of a kind, page by page. */
  async *waiting(kind: string): AsyncGenerator<ReadyJob[]> {
    for (let after = ''; ;) {
      const page = await this.jobs.find({
        select: { id: true, kind: true, priority: true, updatedAt: true },
        where: { state: 'waiting', kind, id: MoreThan(after) },
        order: { id: 'ASC' },
        take: BATCH,
      });
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)!.id;
    }
  }

  /** Forgets jobs that finished long ago. Those set aside stay until somebody decides. */
  async purge(): Promise<void> {
    const before = new Date(Date.now() - this.options.keepFinished);
    for (let removed = BATCH; removed === BATCH;) {
      const old = await this.jobs.find({
        select: { id: true },
        where: { finishedAt: LessThan(before), state: In(FINISHED) },
        take: BATCH,
      });
      if (old.length > 0) await this.jobs.delete({ id: In(old.map(({ id }) => id)), state: In(FINISHED) });
      removed = old.length;
    }
  }

  private afterCrash(row: JobEntity) {
    const crashes = row.crashes + 1;
    const now = new Date();
    const common = { crashes, leaseHolder: null, leaseUntil: null, updatedAt: now };
    if (row.cancelRequested)
      return { ...common, state: 'cancelled' as const, uniqueKey: null, finishedAt: now };
    if (crashes < this.options.crashLimit)
      return { ...common, state: 'waiting' as const, startedAt: null, progress: 0 };
    const lastError = `Its process died ${crashes} times while running it. It is not run again until somebody asks for it.`;
    return { ...common, state: 'set-aside' as const, uniqueKey: null, finishedAt: now, lastError };
  }
}
