import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type FindOptionsWhere, In, LessThanOrEqual } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { defineJob, JobQueue, type RunningJob } from '../jobs/job-queue.js';
import type { Page, PageQuery } from '../shared/page.js';
import { FollowerDecisions } from './follower-decisions.service.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { lockFollow } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';

export const rejectAllJob = defineJob<{ upTo: number }>({ name: 'following.reject-all' });

/** Followers of one transaction. */
const BATCH = 50;

const DECISION = {
  state: 'rejected' as const,
  reason: 'An administrator rejected all followers.',
  // Not `administrator`: whoever asks again when followers are welcome again is heard.
  decidedBy: 'reject-all-followers',
};

const PRESENT: FindOptionsWhere<FollowEntity> = {
  target: { host: '' },
  state: In(['accepted', 'pending']),
};

/** Rejects those who follow us now. New ones are the policy's matter, by its settings. */
@Injectable()
export class RejectAll implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly decisions: FollowerDecisions,
  ) {}

  onModuleInit(): void {
    this.queue.process(rejectAllJob, (job) => this.run(job));
  }

  /** Who would be rejected. */
  async preview({ start, count }: PageQuery): Promise<Page<LoadedFollow>> {
    const [data, total] = await this.dataSource.manager.findAndCount(FollowEntity, {
      where: PRESENT,
      relations: { follower: true, target: true },
      order: { id: 'ASC' },
      skip: start,
      take: count,
    });
    return { total, data: data as LoadedFollow[] };
  }

  /** Those who follow now, by a job. */
  async start(): Promise<void> {
    const [last] = await this.dataSource.manager.find(FollowEntity, {
      select: { id: true },
      order: { id: 'DESC' },
      take: 1,
    });
    if (last) await this.queue.add(rejectAllJob, { upTo: last.id });
  }

  private async run({ payload: { upTo }, signal }: RunningJob<{ upTo: number }>): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const some = await this.dataSource.manager.find(FollowEntity, {
        select: { id: true },
        where: { ...PRESENT, id: LessThanOrEqual(upTo) },
        order: { id: 'ASC' },
        take: BATCH,
      });
      if (some.length === 0) return;
      await this.reject(some.map(({ id }) => id));
    }
  }

  private async reject(ids: number[]): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      for (const id of ids) {
        const follow = await lockFollow(manager, id);
        if (follow && follow.state !== 'rejected') await this.decisions.decide(manager, follow, DECISION);
      }
    });
  }
}
