import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PlainActivity } from '@vidiverse/federation';
import { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { hashUrl } from '../shared/hash-url.js';
import { FollowerDecisions } from './follower-decisions.service.js';
import type { LoadedFollow } from './follow-messages.service.js';
import { lockFollowBetween } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';

type Follow = PlainActivity & { type: 'Follow' };

/** Somebody asks to follow an actor of ours. */
@Injectable()
export class IncomingFollowHandler implements ActivityHandler<Follow>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly decisions: FollowerDecisions,
    private readonly actors: LocalActors,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Follow', this);
  }

  /** The instance's own actor is made when it is first asked for. */
  async prepare(): Promise<void> {
    await this.actors.instance();
  }

  async handle(activity: Follow, { actor, manager, row }: HandleContext): Promise<Outcome> {
    const target = await manager.findOneBy(ActorEntity, { urlHash: hashUrl(activity.object), host: '' });
    if (!target || target.deletedAt) return refused('Nobody of this id is here to be followed.');
    const { issuedAt } = row;
    const known = await lockFollowBetween(manager, actor, target);
    const received = { follower: actor, target, activityUrl: activity.id, issuedAt };
    if (!known || isOpenAgain(known)) {
      await this.decisions.review(manager, received, known);
      return applied();
    }
    if (isOlder(issuedAt, known.issuedAt)) return refused('A later one came before.');
    await manager.update(FollowEntity, { id: known.id }, { activityUrl: activity.id, issuedAt });
    await this.decisions.repeat(manager, Object.assign(known, { activityUrl: activity.id }));
    return applied();
  }
}

/** A rule refused it, and may say otherwise today; an administrator's word stands until an administrator takes it back. */
const isOpenAgain = ({ state, decidedBy }: LoadedFollow): boolean =>
  state === 'rejected' && decidedBy !== 'administrator';

const isOlder = (issuedAt: Date | null, known: Date | null): boolean =>
  issuedAt !== null && known !== null && issuedAt < known;
