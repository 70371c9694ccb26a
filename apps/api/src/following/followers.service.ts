import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { NotFoundError } from '../shared/domain-error.js';
import { FollowerDecisions } from './follower-decisions.service.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { lockFollow } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';

type Act = (manager: EntityManager, follow: LoadedFollow) => Promise<void>;

const ADMINISTRATOR = 'administrator';

/** What an administrator decides about followers. Each word is about all that this follower follows here. */
@Injectable()
export class FollowersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly decisions: FollowerDecisions,
  ) {}

  /** @throws NotFoundError */
  accept(handle: string): Promise<void> {
    const reason = 'An administrator accepted it.';
    return this.forEach(handle, async (manager, follow) => {
      if (follow.state === 'accepted') return;
      await this.decisions.decide(manager, follow, { state: 'accepted', reason, decidedBy: ADMINISTRATOR });
    });
  }

  /** It stays refused when it asks again. @throws NotFoundError */
  reject(handle: string): Promise<void> {
    const reason = 'An administrator rejected it.';
    return this.forEach(handle, (manager, follow) =>
      this.decisions.decide(manager, follow, { state: 'rejected', reason, decidedBy: ADMINISTRATOR }),
    );
  }

  /** It may ask again. @throws NotFoundError */
  remove(handle: string): Promise<void> {
    return this.forEach(handle, (manager, follow) => this.decisions.remove(manager, follow));
  }

  private async forEach(handle: string, act: Act): Promise<void> {
    const [name, host] = handle.split('@') as [string, string];
    await inTransaction(this.dataSource, async (manager) => {
      const follows = await manager.find(FollowEntity, {
        where: { follower: { host }, target: { host: '' } },
        relations: { follower: true },
      });
      const meant = follows.filter(({ follower }) => follower!.username.toLowerCase() === name);
      if (meant.length === 0) throw new NotFoundError('Follower');
      for (const { id } of meant) {
        const follow = await lockFollow(manager, id);
        if (follow) await act(manager, follow);
      }
    });
  }
}
