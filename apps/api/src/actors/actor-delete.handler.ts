import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { forgetComments } from '../comments/forget-comments.js';
import { videosSpokenOf } from '../comments/videos-spoken-of.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { Audience } from '../federation/audience.service.js';
import { OutboxService } from '../federation/outbox.service.js';
import { FollowEntity } from '../following/follow.entity.js';
import { forgetRates } from '../rates/forget-rates.js';
import { isTold } from '../videos/video-access.js';
import { ActorEntity, isLocal } from './actor.entity.js';
import { LocalActors } from './local-actors.service.js';

type Delete = ActivityOf<'Delete'>;

/** An actor is gone, and all that it made with it. */
@Injectable()
export class ActorDeleteHandler implements ActivityHandler<Delete>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly local: LocalActors,
    private readonly audience: Audience,
    private readonly outbox: OutboxService,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Delete', this);
  }

  concerns({ object, actor }: Delete): boolean {
    return object === actor;
  }

  async handle(_: Delete, { actor, manager, row }: HandleContext): Promise<Outcome> {
    if (isLocal(actor)) return refused('It is an actor of ours.');
    const { id: actorId } = actor;
    await manager.delete(FollowEntity, { followerId: actorId });
    await manager.delete(FollowEntity, { targetId: actorId });
    // Its videos and their files go along.
    await manager.delete(ChannelEntity, { actorId });
    const account = await manager.findOneBy(AccountEntity, { actorId });
    if (account) {
      if (row.signedBody !== null) await this.passOn(manager, account.id, row.signedBody, actor.host);
      await forgetComments(manager, account.id);
      await forgetRates(manager, account.id);
      await manager.delete(AccountEntity, { id: account.id });
    }
    await manager.update(ActorEntity, { id: actorId }, { deletedAt: new Date() });
    return applied();
  }

  /** Who follows our videos has heard from us what the account said of them. */
  private async passOn(
    manager: EntityManager,
    accountId: number,
    signedBody: string,
    from: string,
  ): Promise<void> {
    const videos = (await videosSpokenOf(manager, accountId)).filter(isTold);
    if (videos.length === 0) return;
    const involved = videos.flatMap(({ channel }) => [channel!.actor!, channel!.account!.actor!]);
    const actors = [await this.local.instance(), ...involved];
    const inboxes = await this.audience.inboxesOf(manager, actors, { except: from });
    await this.outbox.forward(manager, signedBody, inboxes);
  }
}
