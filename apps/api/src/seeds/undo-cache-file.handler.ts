import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { SeedOffers } from './seed-offers.service.js';

type Undo = ActivityOf<'Undo'>;

/** An instance takes back that it offers a copy. */
@Injectable()
export class UndoCacheFileHandler implements ActivityHandler<Undo>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly offers: SeedOffers,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Undo', this);
  }

  concerns({ activity }: Undo): boolean {
    return activity?.type === 'Create' && activity.content?.type === 'CacheFile';
  }

  async handle({ activity }: Undo, context: HandleContext): Promise<Outcome> {
    if (activity?.type !== 'Create' || activity.content?.type !== 'CacheFile')
      return refused('It is of another kind.');
    if (activity.actor !== context.actor.url) return refused('It is what another said.');
    await this.offers.takeBack(activity.content, context);
    return applied();
  }
}
