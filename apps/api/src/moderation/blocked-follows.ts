import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { Followed } from '../following/followed.service.js';
import { FollowEntity } from '../following/follow.entity.js';
import { lockFollow } from '../following/follow-rows.js';
import { FollowerDecisions } from '../following/follower-decisions.service.js';

/** Follows of one transaction. */
const BATCH = 50;

/** Follows between us and a server that the instance is about to block. They end on both sides: its block is no pause. */
@Injectable()
export class BlockedFollows {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly followed: Followed,
    private readonly decisions: FollowerDecisions,
  ) {}

  /** All of them, some at a time. To be called before the block is there: nothing is told to a blocked server. */
  async endAll(host: string): Promise<void> {
    while ((await inTransaction(this.dataSource, (manager) => this.endSome(manager, host))) === BATCH);
  }

  /** Those that are there now, up to a limit. Answers how many there were. */
  async endSome(manager: EntityManager, host: string): Promise<number> {
    const found = await manager.find(FollowEntity, {
      select: { id: true },
      where: between(host),
      order: { id: 'ASC' },
      take: BATCH,
    });
    for (const { id } of found) await this.end(manager, id, host);
    return found.length;
  }

  /** What is followed there is not any more; a follower is refused, as it would be if it asked now. */
  private async end(manager: EntityManager, id: number, host: string): Promise<void> {
    const follow = await lockFollow(manager, id);
    if (!follow || follow.state === 'rejected') return;
    if (follow.target.host === host) return this.followed.end(manager, follow);
    const decision = { reason: `The server ${host} is blocked.`, decidedBy: 'blocked-by-moderation' };
    await this.decisions.decide(manager, follow, { state: 'rejected', ...decision });
  }
}

/** What was refused by either side stays so, when the block ends too. */
const between = (host: string): FindOptionsWhere<FollowEntity>[] => {
  const state = In(['pending', 'accepted']);
  return [
    { state, target: { host } },
    { state, follower: { host } },
  ];
};
