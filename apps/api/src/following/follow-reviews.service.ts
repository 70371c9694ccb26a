import { Injectable } from '@nestjs/common';
import { type DryRun, FollowPolicy, type FollowRequest, type Verdict } from '@vidiverse/policy';
import type { EntityManager } from 'typeorm';
import { type ActorEntity, isLocal } from '../actors/actor.entity.js';
import { DatabaseFollowFacts } from './database-follow-facts.js';
import { FollowBlocks } from './follow-blocks.js';
import { FollowSettingsService } from './follow-settings.service.js';
import { PolicyVerdictEntity } from './policy-verdict.entity.js';
import { guardsOf, type PluginVerdicts } from './plugin-verdicts.js';

export const QUESTIONS = ['follow', 'follow-back'] as const;
export type Question = (typeof QUESTIONS)[number];

type Target = Pick<ActorEntity, 'url' | 'type' | 'host'>;

/** Asks the follow policy, and keeps what it said and why. */
@Injectable()
export class FollowReviews {
  constructor(
    private readonly settings: FollowSettingsService,
    private readonly blocks: FollowBlocks,
  ) {}

  /** Whether the follower may follow what it asks to follow. */
  async follow(manager: EntityManager, request: FollowRequest, plugins?: PluginVerdicts): Promise<Verdict> {
    const verdict = await this.policy(manager, plugins).reviewFollow(request);
    await this.keep(manager, 'follow', request, verdict);
    return verdict;
  }

  /** Whether a follower that was accepted is followed back. */
  async followBack(
    manager: EntityManager,
    request: FollowRequest,
    plugins?: PluginVerdicts,
  ): Promise<Verdict> {
    const verdict = await this.policy(manager, plugins).reviewFollowBack(request);
    await this.keep(manager, 'follow-back', request, verdict);
    return verdict;
  }

  /** What both would be now; nothing is kept. */
  dryRun(manager: EntityManager, request: FollowRequest, plugins?: PluginVerdicts): Promise<DryRun> {
    return this.policy(manager, plugins).dryRun(request);
  }

  /** The policy as it is now, with what plugins said as rules of it. */
  policy(manager: EntityManager, plugins?: PluginVerdicts): FollowPolicy {
    const { settings, blocks } = this;
    const facts = new DatabaseFollowFacts(manager, { settings, blocks });
    return new FollowPolicy(facts, plugins && guardsOf(plugins));
  }

  private async keep(
    manager: EntityManager,
    question: Question,
    { follower, target }: FollowRequest,
    { decision, rule, reason }: Verdict,
  ): Promise<void> {
    const row = { question, actorUrl: follower.url, host: follower.host, targetUrl: target.url };
    await manager.save(manager.create(PolicyVerdictEntity, { ...row, decision, rule, reason }));
  }
}

/** What the policy is asked about. */
export const toFollowRequest = (
  { url, host, type, username }: Pick<ActorEntity, 'url' | 'host' | 'type' | 'username'>,
  target: Target,
): FollowRequest => ({
  follower: { url, host, type, username },
  target: { url: target.url, kind: kindOf(target) },
  receivedAt: new Date(),
});

function kindOf(target: Target): FollowRequest['target']['kind'] {
  if (!isLocal(target)) throw new Error(`${target.url} is not ours to be followed.`);
  if (target.type === 'Application') return 'instance';
  return target.type === 'Group' ? 'channel' : 'account';
}
