import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Answer } from '@vidiverse/federation';
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
import type { LoadedFollow } from './follow-messages.service.js';
import { lockFollow, lockFollowBetween } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';

type Undo = Answer & { type: 'Undo' };

/** A follower takes its Follow back. */
@Injectable()
export class UndoFollowHandler implements ActivityHandler<Undo>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    @InjectRepository(FollowEntity) private readonly follows: Repository<FollowEntity>,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Undo', this);
  }

  /** Some send the id of their Follow only. */
  async concerns({ activity, object, actor }: Undo): Promise<boolean> {
    if (activity) return activity.type === 'Follow';
    return this.follows.existsBy({ activityUrl: object, follower: { urlHash: hashUrl(actor) } });
  }

  async handle(undo: Undo, { actor, manager, row }: HandleContext): Promise<Outcome> {
    if (undo.activity && undo.activity.actor !== actor.url) return refused('It is the Follow of another.');
    const follow = await this.find(manager, undo, actor);
    if (!follow) return refused('There is no such follow.');
    if (follow.issuedAt && row.issuedAt && follow.issuedAt > row.issuedAt)
      return refused('The actor followed anew since.');
    // A refusal stays, so that asking again does not undo it.
    if (follow.state !== 'rejected') await manager.delete(FollowEntity, { id: follow.id });
    return applied();
  }

  private async find(manager: EntityManager, undo: Undo, actor: ActorEntity): Promise<LoadedFollow | null> {
    if (undo.activity?.type !== 'Follow') {
      const named = await manager.findOneBy(FollowEntity, { activityUrl: undo.object, followerId: actor.id });
      return named && lockFollow(manager, named.id);
    }
    const urlHash = hashUrl(undo.activity.object);
    const target = await manager.findOneBy(ActorEntity, { urlHash, host: '' });
    return target && lockFollowBetween(manager, actor, target);
  }
}
