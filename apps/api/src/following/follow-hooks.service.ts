import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { hostOf } from '@vidiverse/federation';
import {
  type AcceptedFollow,
  followAccepted,
  type FollowAsked,
  followBackConsidered,
  followRequested,
  type GuardHook,
  type GuardVerdict,
  HookRegistry,
  type RemoteActor,
} from '@vidiverse/hooks';
import type { FollowRequest } from '@vidiverse/policy';
import type { DataSource, EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { Config } from '../config/config.js';
import { afterCommit } from '../database/after-commit.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { FollowReviews } from './follow-reviews.service.js';
import { NOT_ASKED, type PluginVerdicts } from './plugin-verdicts.js';

/** What plugins are asked and told about follows. Questions come before the transaction: on SQLite it keeps all others waiting. */
@Injectable()
export class FollowHooks {
  constructor(
    private readonly registry: HookRegistry,
    private readonly reviews: FollowReviews,
    private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  areAsked(): boolean {
    return this.registry.hasHandlers(followRequested) || this.areAskedOfFollowBack();
  }

  areAskedOfFollowBack(): boolean {
    return this.registry.hasHandlers(followBackConsidered);
  }

  /** About a follow that nobody decided yet; undefined when there is nobody to ask. */
  async ask(request: FollowRequest): Promise<PluginVerdicts | undefined> {
    if (!this.areAsked()) return undefined;
    const policy = this.reviews.policy(this.dataSource.manager);
    const { decision } = await policy.reviewFollow(request);
    if (decision === 'refuse') return NOT_ASKED;
    const follow = await this.guard(followRequested, request);
    if (decision === 'hold' || follow.decision !== 'allow') return { follow, followBack: null };
    return { follow, followBack: (await this.askOfFollowBack(request)).followBack };
  }

  /** About following back whom an administrator accepts. */
  async askOfFollowBack(request: FollowRequest): Promise<PluginVerdicts> {
    // Without handlers the guard allows, whatever the rules say.
    if (this.areAskedOfFollowBack()) {
      const policy = this.reviews.policy(this.dataSource.manager);
      if ((await policy.reviewFollowBack(request)).decision !== 'allow') return NOT_ASKED;
    }
    return { follow: null, followBack: await this.guard(followBackConsidered, request) };
  }

  /** Tells, once it is committed, that a follow stands from now on. */
  accepted(manager: EntityManager, direction: AcceptedFollow['direction'], follow: LoadedFollow): void {
    if (!this.registry.hasHandlers(followAccepted)) return;
    const { follower, target, decidedBy } = follow;
    const fact = {
      direction,
      follower: this.toActor(follower),
      target: this.toActor(target),
      decidedBy: decidedBy ?? 'default',
    };
    afterCommit(manager, () => this.registry.emit(followAccepted, fact));
  }

  private async guard(
    hook: GuardHook<FollowAsked>,
    { follower, target, receivedAt }: FollowRequest,
  ): Promise<GuardVerdict> {
    return this.registry.guard(hook, {
      follower: { ...follower },
      target: { ...target },
      receivedAt: receivedAt.toISOString(),
    });
  }

  private toActor({ url, host, type, username }: ActorEntity): RemoteActor {
    return { url, host: host || hostOf(this.config.url)!, type, username };
  }
}
