import { createHash } from 'node:crypto';
import { In, Not, type DataSource, type EntityManager, type Repository } from 'typeorm';
import { isDuplicate } from '../database/is-duplicate.js';
import { JobEntity } from './job.entity.js';
import { JobIds } from './job-ids.js';
import type { JobListQuery, JobState, JobView } from './job-queue.js';

const UNFINISHED: JobState[] = ['waiting', 'delayed', 'active'];
const RETRYABLE: JobState[] = ['failed', 'cancelled', 'set-aside'];
/** The job that had the key may finish between the refused insert and the look for it. */
const UNIQUE_TRIES = 5;

export interface NewJob {
  kind: string;
  payload: unknown;
  maxAttempts: number;
  priority: number;
  /** Milliseconds. */
  delay: number;
  uniqueKey?: string;
}

/** Job rows as producers and administrators see them: add, read, cancel, retry. */
export class JobStore {
  private readonly ids = new JobIds();
  private readonly jobs: Repository<JobEntity>;

  constructor(private readonly dataSource: DataSource) {
    this.jobs = dataSource.getRepository(JobEntity);
  }

  /** Writes a row, or answers the id of the unfinished job that has the same key (`added` is null then). */
  async add(
    job: NewJob,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<{ id: string; added: JobEntity | null }> {
    const row = this.newRow(job, manager);
    if (!row.uniqueKey) {
      await manager.insert(JobEntity, row);
      return { id: row.id, added: row };
    }
    for (let tries = 1; ; tries++) {
      const present = await this.idOfKey(row.uniqueKey, manager, tries > 1);
      if (present) return { id: present, added: null };
      try {
        await manager.insert(JobEntity, row);
        return { id: row.id, added: row };
      } catch (error) {
        if (tries === UNIQUE_TRIES || !isDuplicate(error)) throw error;
      }
    }
  }

  async find(id: string): Promise<JobView | null> {
    const row = await this.jobs.findOneBy({ id });
    return row && toView(row);
  }

  async list({
    state,
    kind,
    start,
    count,
    newestFirst = true,
  }: JobListQuery): Promise<{ total: number; data: JobView[] }> {
    const [rows, total] = await this.jobs.findAndCount({
      where: { ...(state && { state }), ...(kind && { kind }) },
      order: { id: newestFirst ? 'DESC' : 'ASC' },
      skip: start,
      take: count,
    });
    return { total, data: rows.map(toView) };
  }

  /** Cancels a job that waits; asks a running one to stop. Answers what became of it, or null when it had finished. */
  async cancel(id: string): Promise<'cancelled' | 'asked' | null> {
    do {
      const now = new Date();
      const waiting = await this.jobs.update(
        { id, state: In(['waiting', 'delayed']) },
        { state: 'cancelled', uniqueKey: null, finishedAt: now, updatedAt: now },
      );
      if (waiting.affected) return 'cancelled';
      const active = await this.jobs.update({ id, state: 'active' }, { cancelRequested: true });
      if (active.affected) return 'asked';
      // It may have changed between the two.
    } while (await this.jobs.existsBy({ id, state: In(UNFINISHED) }));
    return null;
  }

  /** Puts a failed, cancelled or set-aside job back to waiting. Answers the row, or null when it is none of these. */
  async retry(id: string): Promise<JobEntity | null> {
    const now = new Date();
    const { affected } = await this.jobs.update(
      { id, state: In(RETRYABLE) },
      {
        state: 'waiting',
        attempts: 0,
        crashes: 0,
        progress: 0,
        cancelRequested: false,
        runAt: now,
        startedAt: null,
        finishedAt: null,
        updatedAt: now,
      },
    );
    return affected ? this.jobs.findOneBy({ id }) : null;
  }

  /** Unfinished jobs of these kinds that run or could run now. */
  async countBusy(kinds: string[]): Promise<number> {
    if (kinds.length === 0) return 0;
    const [ready, due] = await Promise.all([
      this.jobs.countBy({ kind: In(kinds), state: In(['waiting', 'active']) }),
      this.jobs
        .createQueryBuilder('job')
        .where('job.state = :state AND job.kind IN (:...kinds) AND job.runAt <= :now', {
          state: 'delayed',
          kinds,
          now: new Date(),
        })
        .getCount(),
    ]);
    return ready + due;
  }

  /** Kinds with unfinished jobs, other than these. */
  async unknownKinds(known: string[]): Promise<string[]> {
    const rows = await this.jobs
      .createQueryBuilder('job')
      .select('DISTINCT job.kind', 'kind')
      .where({ state: In(UNFINISHED), ...(known.length > 0 && { kind: Not(In(known)) }) })
      .getRawMany<{ kind: string }>();
    return rows.map(({ kind }) => kind);
  }

  private newRow(
    { kind, payload, maxAttempts, priority, delay, uniqueKey }: NewJob,
    manager: EntityManager,
  ): JobEntity {
    const now = Date.now();
    return manager.create(JobEntity, {
      id: this.ids.next(),
      kind,
      payload: payload as JobEntity['payload'],
      state: delay > 0 ? 'delayed' : 'waiting',
      priority,
      runAt: new Date(now + delay),
      attempts: 0,
      maxAttempts,
      crashes: 0,
      progress: 0,
      lastError: null,
      leaseHolder: null,
      leaseUntil: null,
      cancelRequested: false,
      // Hashed: MariaDB compares without regard to case and trailing blanks, and the column is short.
      uniqueKey:
        uniqueKey === undefined ? null : `${kind}:${createHash('sha256').update(uniqueKey).digest('hex')}`,
      startedAt: null,
      finishedAt: null,
      createdAt: new Date(now),
      updatedAt: new Date(now),
    });
  }

  /** A locking read sees what others committed since the transaction began; SQLite has neither the problem nor the lock. */
  private async idOfKey(uniqueKey: string, manager: EntityManager, locking: boolean): Promise<string | null> {
    const inTransaction =
      this.dataSource.options.type !== 'better-sqlite3' && manager.queryRunner?.isTransactionActive;
    const row = await manager.findOne(JobEntity, {
      select: { id: true },
      where: { uniqueKey },
      ...(locking && inTransaction && { lock: { mode: 'pessimistic_read' } }),
    });
    return row?.id ?? null;
  }
}

function toView(row: JobEntity): JobView {
  const {
    id,
    kind,
    payload,
    state,
    priority,
    progress,
    attempts,
    crashes,
    lastError,
    createdAt,
    runAt,
    startedAt,
    finishedAt,
  } = row;
  return {
    id,
    kind,
    payload,
    state,
    priority,
    progress,
    attempts,
    crashes,
    lastError,
    createdAt,
    runAt,
    startedAt,
    finishedAt,
  };
}
