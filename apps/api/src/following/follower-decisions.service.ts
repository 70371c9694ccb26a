import { Injectable } from '@nestjs/common';
import type { Verdict } from '@vidiverse/policy';
import type { EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { Followed } from './followed.service.js';
import { FollowHooks } from './follow-hooks.service.js';
import { FollowMessages, type LoadedFollow } from './follow-messages.service.js';
import { FollowReviews, toFollowRequest } from './follow-reviews.service.js';
import { saveDecision } from './follow-rows.js';
import { FollowEntity, type FollowState } from './follow.entity.js';
import type { PluginVerdicts } from './plugin-verdicts.js';

/** Reasons that are ours alone: moderation does not explain itself to whom it blocks. */
const KEPT_SECRET = ['blocked-by-moderation'];

const STATES: Record<Verdict['decision'], FollowState> = {
  allow: 'accepted',
  hold: 'pending',
  refuse: 'rejected',
};

export interface ReceivedFollow {
  follower: ActorEntity;
  target: ActorEntity;
  activityUrl: string;
  issuedAt: Date | null;
}

/** What becomes of somebody's wish to follow us, told to them in the transaction that decides. */
@Injectable()
export class FollowerDecisions {
  constructor(
    private readonly reviews: FollowReviews,
    private readonly messages: FollowMessages,
    private readonly followed: Followed,
    private readonly hooks: FollowHooks,
  ) {}

  /** Asks the policy about a follow that nobody decided yet; `known` was refused by a rule that may have changed. */
  async review(
    manager: EntityManager,
    received: ReceivedFollow,
    known: LoadedFollow | null,
    plugins?: PluginVerdicts,
  ): Promise<void> {
    const { follower, target, ...told } = received;
    const verdict = await this.reviews.follow(manager, toFollowRequest(follower, target), plugins);
    const fields = { ...told, followerId: follower.id, targetId: target.id };
    const row =
      known ?? manager.create(FollowEntity, { ...fields, since: null, reason: null, decidedBy: null });
    row.state = known?.state ?? STATES[verdict.decision];
    await manager.save(Object.assign(row, told));
    const { decision, reason, rule: decidedBy } = verdict;
    const follow = Object.assign(row, { follower, target });
    await this.decide(manager, follow, { state: STATES[decision], reason, decidedBy }, plugins);
  }

  /** Says again what was decided. */
  async repeat(manager: EntityManager, follow: LoadedFollow): Promise<void> {
    if (follow.state === 'accepted') await this.messages.accept(manager, follow);
    if (follow.state === 'rejected') await this.messages.reject(manager, follow, wordsOf(follow));
  }

  /** Decides what was not accepted yet, tells, and follows an accepted instance back when the policy says so. */
  async decide(
    manager: EntityManager,
    follow: LoadedFollow,
    decision: { state: FollowState; reason: string; decidedBy: string },
    plugins?: PluginVerdicts,
  ): Promise<void> {
    await saveDecision(manager, follow, decision);
    await this.repeat(manager, follow);
    if (follow.state !== 'accepted') return;
    this.hooks.accepted(manager, 'in', follow);
    await this.followBack(manager, follow, plugins);
  }

  /** The follower is none any more; it may ask again. */
  async remove(manager: EntityManager, follow: LoadedFollow): Promise<void> {
    if (follow.state !== 'rejected') await this.messages.reject(manager, follow, null);
    await manager.delete(FollowEntity, { id: follow.id });
  }

  private async followBack(
    manager: EntityManager,
    { follower, target }: LoadedFollow,
    plugins?: PluginVerdicts,
  ): Promise<void> {
    const { decision } = await this.reviews.followBack(manager, toFollowRequest(follower, target), plugins);
    // Only instances that follow the instance are followed back, so that the target is our instance.
    if (decision === 'allow') await this.followed.ask(manager, target, follower, 'follow-back');
  }
}

const wordsOf = ({ decidedBy, reason }: FollowEntity): string | null =>
  KEPT_SECRET.includes(decidedBy ?? '') ? null : reason;
