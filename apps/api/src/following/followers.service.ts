import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { NotFoundError } from '../shared/domain-error.js';
import { FollowerDecisions } from './follower-decisions.service.js';
import { FollowHooks } from './follow-hooks.service.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { toFollowRequest } from './follow-reviews.service.js';
import { lockFollow } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';
import { NOT_ASKED, type PluginVerdicts } from './plugin-verdicts.js';

type Act = (manager: EntityManager, follow: LoadedFollow) => Promise<void>;

const ADMINISTRATOR = 'administrator';

/** What an administrator decides about followers. Each word is about all that this follower follows here. */
@Injectable()
export class FollowersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly decisions: FollowerDecisions,
    private readonly hooks: FollowHooks,
  ) {}

  /** @throws NotFoundError */
  async accept(handle: string): Promise<void> {
    const decision = {
      state: 'accepted',
      reason: 'An administrator accepted it.',
      decidedBy: ADMINISTRATOR,
    } as const;
    const plugins = await this.askPlugins(handle);
    await this.forEach(handle, async (manager, follow) => {
      if (follow.state === 'accepted') return;
      await this.decisions.decide(
        manager,
        follow,
        decision,
        plugins?.get(follow.id) ?? (plugins && NOT_ASKED),
      );
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

  /** Whether they may be followed back, by follow; undefined when there is nobody to ask. */
  private async askPlugins(handle: string): Promise<Map<number, PluginVerdicts> | undefined> {
    if (!this.hooks.areAskedOfFollowBack()) return undefined;
    const verdicts = new Map<number, PluginVerdicts>();
    for (const { id, state, follower, target } of await this.meant(this.dataSource.manager, handle))
      if (state !== 'accepted')
        verdicts.set(id, await this.hooks.askOfFollowBack(toFollowRequest(follower, target)));
    return verdicts;
  }

  private async forEach(handle: string, act: Act): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const meant = await this.meant(manager, handle);
      if (meant.length === 0) throw new NotFoundError('Follower');
      for (const { id } of meant) {
        const follow = await lockFollow(manager, id);
        if (follow) await act(manager, follow);
      }
    });
  }

  private async meant(manager: EntityManager, handle: string): Promise<LoadedFollow[]> {
    const [name, host] = handle.split('@') as [string, string];
    const follows = await manager.find(FollowEntity, {
      where: { follower: { host }, target: { host: '' } },
      relations: { follower: true, target: true },
    });
    return (follows as LoadedFollow[]).filter(({ follower }) => follower.username.toLowerCase() === name);
  }
}
