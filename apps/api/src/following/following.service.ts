import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { hostOf } from '@vidiverse/federation';
import { type DataSource, type EntityManager, In } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { Config } from '../config/config.js';
import { JobQueue } from '../jobs/job-queue.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../shared/domain-error.js';
import type { Page, PageQuery } from '../shared/page.js';
import type { FollowCreation } from './dto/follow-requests.js';
import { Followed } from './followed.service.js';
import { FollowTargetEntity } from './follow-target.entity.js';
import { followTargetJob } from './follow-target.job.js';
import { lockFollow } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';

/** What an administrator follows, as the instance. */
@Injectable()
export class FollowingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly followed: Followed,
  ) {}

  /** What was asked for and is not found yet. */
  async targets({ start, count }: PageQuery): Promise<Page<FollowTargetEntity>> {
    const order = { id: 'DESC' } as const;
    const page = { order, skip: start, take: count };
    const [data, total] = await this.dataSource.manager.findAndCount(FollowTargetEntity, page);
    return { total, data };
  }

  /** Each is looked for by a job of its own. @throws InvalidInputError for what is of this instance. */
  async follow({ hosts = [], handles = [] }: FollowCreation): Promise<void> {
    this.assertForeign('hosts', hosts);
    this.assertForeign('handles', handles);
    const wanted = [...new Set([...hosts, ...handles])];
    await inTransaction(this.dataSource, async (manager) => {
      await manager.delete(FollowTargetEntity, { handle: In(wanted) });
      for (const handle of wanted) {
        const row = { handle, state: 'looking' as const, reason: null };
        const { id: targetId } = await manager.save(manager.create(FollowTargetEntity, row));
        await this.queue.add(followTargetJob, { targetId }, { manager });
      }
    });
  }

  /** Ends what we follow there, or the search for it. @throws NotFoundError */
  async unfollow(hostOrHandle: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const { affected } = await manager.delete(FollowTargetEntity, { handle: hostOrHandle });
      const ids = await this.find(manager, hostOrHandle);
      if (ids.length === 0 && !affected) throw new NotFoundError('Follow');
      for (const id of ids) {
        const follow = await lockFollow(manager, id);
        if (follow) await this.followed.end(manager, follow);
      }
    });
  }

  /** Reads the outbox again, from its beginning. @throws NotFoundError, ConflictError when the follow is not accepted. */
  async crawl(hostOrHandle: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const ids = await this.find(manager, hostOrHandle);
      if (ids.length === 0) throw new NotFoundError('Follow');
      for (const id of ids) {
        const follow = await lockFollow(manager, id);
        if (follow?.state !== 'accepted')
          throw new ConflictError('The other side has not accepted.', 'not_accepted');
        await this.followed.crawl(manager, follow);
      }
    });
  }

  /** Ids of the follows that are meant: a host stands for its instance. */
  private async find(manager: EntityManager, hostOrHandle: string): Promise<number[]> {
    const [name, host] = hostOrHandle.includes('@') ? hostOrHandle.split('@') : [null, hostOrHandle];
    const target = name === null ? { host, type: In(['Application', 'Service']) } : { host };
    const follows = await manager.find(FollowEntity, {
      where: { follower: { host: '', type: 'Application' }, target },
      relations: { target: true },
    });
    return follows
      .filter((follow) => name === null || follow.target!.username.toLowerCase() === name)
      .map(({ id }) => id);
  }

  private assertForeign(field: string, targets: string[]): void {
    const ours = hostOf(this.config.url);
    if (targets.some((target) => target.split('@').at(-1) === ours))
      throw new InvalidInputError([{ field, reason: 'names this instance' }]);
  }
}
