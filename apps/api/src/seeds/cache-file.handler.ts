import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  type PrepareContext,
  refused,
} from '../federation/activity-handlers.js';
import { SeedHooks } from './seed-hooks.service.js';
import { SeedOffers } from './seed-offers.service.js';

type Offered = ActivityOf<'Create'> | ActivityOf<'Update'>;

/** An instance offers a copy of a file, or offers it for longer. */
@Injectable()
export class CacheFileHandler implements ActivityHandler<Offered>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly offers: SeedOffers,
    private readonly hooks: SeedHooks,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Create', this);
    this.handlers.on('Update', this);
  }

  concerns({ content }: Offered): boolean {
    return content?.type === 'CacheFile';
  }

  /** Plugins take their time before there is a transaction. */
  async prepare({ content }: Offered, { actor }: PrepareContext): Promise<void> {
    if (content?.type !== 'CacheFile' || !this.hooks.areAsked()) return;
    await this.hooks.assertWelcome(content, actor, await this.offers.offered(content, actor));
  }

  async handle({ content }: Offered, context: HandleContext): Promise<Outcome> {
    if (content?.type !== 'CacheFile') return refused('It is of another kind.');
    await this.offers.take(content, context);
    return applied();
  }
}
