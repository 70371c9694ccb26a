import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PlainActivity } from '@vidiverse/federation';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  applied,
  type HandleContext,
  type Outcome,
  type PrepareContext,
  refused,
} from '../federation/activity-handlers.js';
import { hashUrl } from '../shared/hash-url.js';
import { FollowerDecisions } from './follower-decisions.service.js';
import { FollowHooks } from './follow-hooks.service.js';
import { toFollowRequest } from './follow-reviews.service.js';
import { lockFollowBetween } from './follow-rows.js';
import { FollowEntity } from './follow.entity.js';
import { NOT_ASKED, type PluginVerdicts } from './plugin-verdicts.js';

type Follow = PlainActivity & { type: 'Follow' };
/** Undefined: there is nobody to ask. */
type Plugins = PluginVerdicts | undefined;

/** Somebody asks to follow an actor of ours. */
@Injectable()
export class IncomingFollowHandler implements ActivityHandler<Follow, Plugins>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly decisions: FollowerDecisions,
    private readonly actors: LocalActors,
    private readonly hooks: FollowHooks,
    @InjectRepository(FollowEntity) private readonly follows: Repository<FollowEntity>,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Follow', this);
  }

  /** The instance's own actor is made when it is first asked for; plugins take their time before there is a transaction. */
  async prepare({ object }: Follow, { actor }: PrepareContext): Promise<Plugins> {
    await this.actors.instance();
    if (!this.hooks.areAsked()) return undefined;
    const target = await this.target(this.follows.manager, object);
    if (!target) return undefined;
    const known = await this.follows.findOneBy({ followerId: actor.id, targetId: target.id });
    return known && !isOpenAgain(known) ? NOT_ASKED : this.hooks.ask(toFollowRequest(actor, target));
  }

  async handle(activity: Follow, { actor, manager, row }: HandleContext, plugins: Plugins): Promise<Outcome> {
    const target = await this.target(manager, activity.object);
    if (!target) return refused('Nobody of this id is here to be followed.');
    const { issuedAt } = row;
    const known = await lockFollowBetween(manager, actor, target);
    const received = { follower: actor, target, activityUrl: activity.id, issuedAt };
    if (!known || isOpenAgain(known)) {
      await this.decisions.review(manager, received, known, plugins);
      return applied();
    }
    if (isOlder(issuedAt, known.issuedAt)) return refused('A later one came before.');
    await manager.update(FollowEntity, { id: known.id }, { activityUrl: activity.id, issuedAt });
    await this.decisions.repeat(manager, Object.assign(known, { activityUrl: activity.id }));
    return applied();
  }

  private async target(manager: EntityManager, url: string): Promise<ActorEntity | null> {
    const target = await manager.findOneBy(ActorEntity, { urlHash: hashUrl(url), host: '' });
    return target?.deletedAt ? null : target;
  }
}

/** A rule refused it, and may say otherwise today; an administrator's word stands until an administrator takes it back. */
const isOpenAgain = ({ state, decidedBy }: Pick<FollowEntity, 'state' | 'decidedBy'>): boolean =>
  state === 'rejected' && decidedBy !== 'administrator';

const isOlder = (issuedAt: Date | null, known: Date | null): boolean =>
  issuedAt !== null && known !== null && issuedAt < known;
