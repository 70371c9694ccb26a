import { randomUUID } from 'node:crypto';
import { In, MoreThan, type DataSource, type Repository } from 'typeorm';
import { JobEntity } from './job.entity.js';

/** A row that waits to run, as far as those who bring it to a worker need it. */
export type ReadyJob = Pick<JobEntity, 'id' | 'kind' | 'priority' | 'updatedAt'>;

type Changes = Partial<Omit<JobEntity, 'id' | 'payload'>>;

const MAX_ERROR = 4000;
/** Another worker may win all rows that were seen; there may be more. */
const CLAIM_TRIES = 3;

/**
 * Who runs which row. Every claim has a holder of its own and every later write names it: a worker that lost its lease
 * changes nothing. One portable way for both databases: look, update what is still free, read back what was won.
 */
export class JobLeases {
  private readonly jobs: Repository<JobEntity>;

  /** `lease` in milliseconds. */
  constructor(
    dataSource: DataSource,
    private readonly lease: number,
  ) {
    this.jobs = dataSource.getRepository(JobEntity);
  }

  /** By name the first kind after this one of which a job waits: mostly there is none, and one look tells. */
  async nextWaitingKind(after: string): Promise<string | null> {
    const row = await this.jobs
      .createQueryBuilder('job')
      .select('MIN(job.kind)', 'kind')
      .where({ state: 'waiting', kind: MoreThan(after) })
      .getRawOne<{ kind: string | null }>();
    return row?.kind ?? null;
  }

  /** Claims the waiting job with this id; nothing when it does not wait any more. */
  claim(id: string): Promise<JobEntity[]> {
    return this.claimAll([id]);
  }

  /** Claims up to `count` waiting jobs of a kind, in order of priority and age. */
  async claimNext(kind: string, count: number): Promise<JobEntity[]> {
    for (let tries = 0; tries < CLAIM_TRIES; tries++) {
      const seen = await this.jobs.find({
        select: { id: true },
        where: { state: 'waiting', kind },
        order: { priority: 'ASC', id: 'ASC' },
        take: count,
      });
      if (seen.length === 0) return [];
      const claimed = await this.claimAll(seen.map(({ id }) => id));
      if (claimed.length > 0) return claimed;
    }
    return [];
  }

  /** Extends the leases of these holders, also one that ran out and that nobody took. */
  async renew(holders: string[]): Promise<void> {
    await this.jobs.update(
      { leaseHolder: In(holders), state: 'active' },
      { leaseUntil: Date.now() + this.lease },
    );
  }

  /** What became of these rows meanwhile. */
  look(ids: string[]): Promise<Array<Pick<JobEntity, 'id' | 'leaseHolder' | 'cancelRequested'>>> {
    return this.jobs.find({
      select: { id: true, leaseHolder: true, cancelRequested: true },
      where: { id: In(ids) },
    });
  }

  /** 0 to 100. False when the lease is lost. */
  progress(row: JobEntity, progress: number): Promise<boolean> {
    return this.write(row, { progress });
  }

  complete(row: JobEntity): Promise<boolean> {
    return this.write(row, { ...finished(), state: 'completed', progress: 100, lastError: null });
  }

  /** Completed, and nobody needs to know. */
  async forget({ id, leaseHolder }: JobEntity): Promise<boolean> {
    const { affected } = await this.jobs.delete({ id, leaseHolder: leaseHolder ?? '', state: 'active' });
    return affected === 1;
  }

  cancelled(row: JobEntity): Promise<boolean> {
    return this.write(row, { ...finished(), state: 'cancelled' });
  }

  /** No more tries. When it is written, the row says so as well. */
  async fail(row: JobEntity, error: unknown): Promise<boolean> {
    const changes = { state: 'failed' as const, attempts: row.attempts + 1, lastError: describeError(error) };
    const all = { ...finished(), ...changes };
    if (!(await this.write(row, all))) return false;
    Object.assign(row, all);
    return true;
  }

  /** One more try in `delay` milliseconds. */
  retryLater(row: JobEntity, error: unknown, delay: number): Promise<boolean> {
    const changes = {
      state: 'delayed' as const,
      attempts: row.attempts + 1,
      lastError: describeError(error),
    };
    return this.write(row, { ...free(), ...changes, runAt: new Date(Date.now() + delay) });
  }

  /** Back to waiting, as if it had not been claimed. Null when the lease is lost. */
  async release(row: JobEntity): Promise<ReadyJob | null> {
    const changes = { ...free(), state: 'waiting' as const };
    return (await this.write(row, changes)) ? { ...row, ...changes } : null;
  }

  private async claimAll(ids: string[]): Promise<JobEntity[]> {
    const leaseHolder = randomUUID();
    const now = new Date();
    const { affected } = await this.jobs.update(
      { id: In(ids), state: 'waiting' },
      {
        state: 'active',
        leaseHolder,
        leaseUntil: now.getTime() + this.lease,
        startedAt: now,
        updatedAt: now,
      },
    );
    if (!affected) return [];
    return this.jobs.find({ where: { id: In(ids), leaseHolder }, order: { priority: 'ASC', id: 'ASC' } });
  }

  private async write(row: JobEntity, changes: Changes): Promise<boolean> {
    const criteria = { id: row.id, leaseHolder: row.leaseHolder ?? '', state: 'active' as const };
    const { affected } = await this.jobs.update(criteria, { updatedAt: new Date(), ...changes });
    return affected === 1;
  }
}

const free = () => ({
  leaseHolder: null,
  leaseUntil: null,
  startedAt: null,
  progress: 0,
  updatedAt: new Date(),
});

const finished = () => ({ leaseHolder: null, leaseUntil: null, uniqueKey: null, finishedAt: new Date() });

function describeError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.slice(0, MAX_ERROR);
}
