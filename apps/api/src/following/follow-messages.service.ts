import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { Config } from '../config/config.js';
import * as activities from '../federation/activities.js';
import { OutboxService } from '../federation/outbox.service.js';
import type { FollowEntity } from './follow.entity.js';

/** A follow with both of its actors. */
export type LoadedFollow = FollowEntity & { follower: ActorEntity; target: ActorEntity };

/**
 * What is told about follows, each to the other side's own inbox: PeerTube takes no answer to a Follow at the inbox that
 * all its actors share.
 */
@Injectable()
export class FollowMessages {
  constructor(
    private readonly config: Config,
    private readonly outbox: OutboxService,
  ) {}

  /** We ask to follow. */
  follow(manager: EntityManager, follow: LoadedFollow): Promise<void> {
    return this.send(manager, followOf(follow), follow.follower, follow.target);
  }

  /** We follow no more. */
  undo(manager: EntityManager, follow: LoadedFollow): Promise<void> {
    const activity = activities.undo(follow.follower, followOf(follow));
    return this.send(manager, activity, follow.follower, follow.target);
  }

  accept(manager: EntityManager, follow: LoadedFollow): Promise<void> {
    const activity = activities.accept(this.config.url, follow.target, follow.id, followOf(follow));
    return this.send(manager, activity, follow.target, follow.follower);
  }

  /** `words` say why, for the administrator of the other side. */
  reject(manager: EntityManager, follow: LoadedFollow, words: string | null): Promise<void> {
    const activity = activities.reject(this.config.url, follow.target, follow.id, followOf(follow));
    const content = words === null ? {} : { content: words };
    return this.send(manager, { ...activity, ...content }, follow.target, follow.follower);
  }

  private send(
    manager: EntityManager,
    activity: activities.Activity,
    actor: ActorEntity,
    to: ActorEntity,
  ): Promise<void> {
    return this.outbox.send(manager, { activity, actor, inboxes: [to.inboxUrl] });
  }
}

/** The Follow as its follower sent it. */
const followOf = ({ activityUrl, follower, target }: LoadedFollow): activities.Activity =>
  activities.follow(follower, activityUrl, target.url);
