import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Config } from '../config/config.js';
import { JobQueue } from '../jobs/job-queue.js';
import { ConflictError, NotFoundError } from '../shared/domain-error.js';
import type { Page } from '../shared/page.js';
import type { InboxActivityListQuery } from './dto/inbox-activities.js';
import { InboxActivityEntity, type InboxState } from './inbox-activity.entity.js';
import { receiveJob } from './receive-job-kind.js';

const WITHOUT_EFFECT: InboxState[] = ['refused', 'failed'];

/** What an administrator sees of what came in, and does with it. */
@Injectable()
export class InboxActivities {
  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  async list(query: InboxActivityListQuery): Promise<Page<InboxActivityEntity>> {
    const { state, type, host, sort, start, count } = query;
    const [data, total] = await this.dataSource.getRepository(InboxActivityEntity).findAndCount({
      where: { ...(state && { state }), ...(type && { type }), ...(host && { host }) },
      order: { id: sort === 'createdAt' ? 'ASC' : 'DESC' },
      skip: start,
      take: count,
    });
    return { total, data };
  }

  /** Handles it once more, as if it had just come. @throws NotFoundError, ConflictError when it waits or had its effect. */
  async retry(id: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const changes = { state: 'received' as const, reason: null, finishedAt: null, updatedAt: new Date() };
      const { affected } = await manager.update(
        InboxActivityEntity,
        { id, state: In(WITHOUT_EFFECT) },
        changes,
      );
      if (affected === 1) await this.queue.add(receiveJob(this.config), { id }, { manager });
      else await refuse(manager, id);
    });
  }
}

async function refuse(manager: EntityManager, id: number): Promise<never> {
  const row = await manager.findOneBy(InboxActivityEntity, { id });
  if (!row) throw new NotFoundError('Activity');
  throw new ConflictError(
    `The activity is ${row.state}: only a refused or failed one can be tried again.`,
    'activity_state',
  );
}
