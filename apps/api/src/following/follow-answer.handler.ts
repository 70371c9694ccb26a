import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Answer, CompactedDocument } from '@vidiverse/federation';
import type { EntityManager, Repository } from 'typeorm';
import { ActorEntity } from '../actors/actor.entity.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { hashUrl } from '../shared/hash-url.js';
import { plainText } from '../shared/plain-text.js';
import { truncate } from '../shared/text.js';
import { Followed } from './followed.service.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { lockFollow, lockFollowBetween } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';

/** What a peer says about its reason is kept up to so many characters. */
const MAX_WORDS = 500;

/** Whom we asked to follow says yes or no; only the one who was asked can. */
@Injectable()
export class FollowAnswerHandler implements ActivityHandler<Answer>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly followed: Followed,
    @InjectRepository(FollowEntity) private readonly follows: Repository<FollowEntity>,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Accept', this);
    this.handlers.on('Reject', this);
  }

  async concerns({ activity, object, actor }: Answer): Promise<boolean> {
    if (activity) return activity.type === 'Follow';
    return this.follows.existsBy({ activityUrl: object, target: { urlHash: hashUrl(actor) } });
  }

  async handle(answer: Answer, { actor, manager, row }: HandleContext): Promise<Outcome> {
    const follow = await this.find(manager, answer, actor);
    if (!follow) return refused('Nobody here asked to follow this actor.');
    if (answer.type === 'Accept') await this.followed.accepted(manager, follow);
    else await this.followed.rejected(manager, follow, wordsIn(row.document));
    return applied();
  }

  /**
   * By the two actors when the Follow is there: servers keep the id of the first Follow, and put it into the answer to a
   * later one.
   */
  private async find(
    manager: EntityManager,
    { activity, object }: Answer,
    target: ActorEntity,
  ): Promise<LoadedFollow | null> {
    if (activity?.type !== 'Follow') {
      const named = await manager.findOneBy(FollowEntity, { activityUrl: object, targetId: target.id });
      return named && lockFollow(manager, named.id);
    }
    if (activity.object !== target.url) return null;
    const urlHash = hashUrl(activity.actor);
    const follower = await manager.findOneBy(ActorEntity, { urlHash, host: '' });
    return follower && lockFollowBetween(manager, follower, target);
  }
}

/** Why, when the other side says so. */
function wordsIn({ terms }: CompactedDocument): string | null {
  const [words] = terms.content ?? [];
  return typeof words === 'string' && words.trim() !== '' ? truncate(plainText(words), MAX_WORDS) : null;
}
