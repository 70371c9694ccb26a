import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { JobQueue } from '../jobs/job-queue.js';
import { crawlJob } from './crawl-job.js';
import { FollowHooks } from './follow-hooks.service.js';
import { FollowMessages, type LoadedFollow } from './follow-messages.service.js';
import { lockFollowBetween, saveDecision } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';
import { OutboxCrawlEntity } from './outbox-crawl.entity.js';

/** Our side of following others: asking, hearing the answer, ending it. All within the caller's transaction. */
@Injectable()
export class Followed {
  constructor(
    private readonly messages: FollowMessages,
    private readonly queue: JobQueue,
    private readonly hooks: FollowHooks,
  ) {}

  /** Asks to follow; asks again when there is no answer yet or it was no. What is followed already stays as it is. */
  async ask(
    manager: EntityManager,
    follower: ActorEntity,
    target: ActorEntity,
    decidedBy: string,
  ): Promise<void> {
    const known = await lockFollowBetween(manager, follower, target);
    if (known?.state === 'accepted') return;
    if (known?.state === 'pending') return this.messages.follow(manager, known);
    // A new row has a new id, and so the Follow has: whoever answered the old one takes this one for another.
    if (known) await manager.delete(FollowEntity, { id: known.id });
    const row = { followerId: follower.id, targetId: target.id, state: 'pending' as const, activityUrl: '' };
    const dates = { issuedAt: null, since: null };
    const follow = await manager.save(
      manager.create(FollowEntity, { ...row, ...dates, reason: 'Not answered yet.', decidedBy }),
    );
    const activityUrl = `${follower.url}/follows/${follow.id}`;
    await manager.update(FollowEntity, { id: follow.id }, { activityUrl });
    await this.messages.follow(manager, Object.assign(follow, { activityUrl, follower, target }));
  }

  /** The other side accepted: what it published before is looked for. */
  async accepted(manager: EntityManager, follow: LoadedFollow): Promise<void> {
    if (follow.state === 'accepted') return;
    await saveDecision(manager, follow, { state: 'accepted', reason: null, decidedBy: 'peer' });
    this.hooks.accepted(manager, 'out', follow);
    await this.crawl(manager, follow);
  }

  async rejected(manager: EntityManager, follow: LoadedFollow, words: string | null): Promise<void> {
    const host = follow.target.host;
    const reason = words === null ? `${host} rejected it.` : `${host} rejected it: ${words}`;
    await saveDecision(manager, follow, { state: 'rejected', reason, decidedBy: 'peer' });
    await manager.delete(OutboxCrawlEntity, { followId: follow.id });
  }

  /** We follow no more, and say so unless the other side had said no. */
  async end(manager: EntityManager, follow: LoadedFollow): Promise<void> {
    if (follow.state !== 'rejected') await this.messages.undo(manager, follow);
    await manager.delete(FollowEntity, { id: follow.id });
  }

  /** Reads the outbox from the beginning; a crawl that is on its way ends. */
  async crawl(manager: EntityManager, { id: followId }: Pick<FollowEntity, 'id'>): Promise<void> {
    await manager.delete(OutboxCrawlEntity, { followId });
    const crawl = { followId, state: 'waiting' as const, total: null, fetched: 0, skipped: 0, error: null };
    const { id: crawlId } = await manager.save(manager.create(OutboxCrawlEntity, crawl));
    await this.queue.add(crawlJob, { crawlId }, { manager });
  }
}
