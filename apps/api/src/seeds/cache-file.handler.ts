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

type Offered = ActivityOf<'Create'> | ActivityOf<'Update'>;

/** An instance offers a copy of a file, or offers it for longer. */
@Injectable()
export class CacheFileHandler implements ActivityHandler<Offered>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly offers: SeedOffers,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Create', this);
    this.handlers.on('Update', this);
  }

  concerns({ content }: Offered): boolean {
    return content?.type === 'CacheFile';
  }

  async handle({ content }: Offered, context: HandleContext): Promise<Outcome> {
    if (content?.type !== 'CacheFile') return refused('It is of another kind.');
    await this.offers.take(content, context);
    return applied();
  }
}
