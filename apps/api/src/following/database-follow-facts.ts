import { FollowFacts, type FollowSettings } from '@vidiverse/policy';
import type { EntityManager } from 'typeorm';
import { hashUrl } from '../shared/hash-url.js';
import { FollowBackExclusionEntity } from './follow-back-exclusion.entity.js';
import type { FollowBlocks } from './follow-blocks.js';
import type { FollowSettingsService } from './follow-settings.service.js';
import { FollowEntity } from './follow.entity.js';

export interface FactSources {
  settings: FollowSettingsService;
  blocks: FollowBlocks;
}

/** The port as one transaction sees it. */
export class DatabaseFollowFacts extends FollowFacts {
  constructor(
    private readonly manager: EntityManager,
    private readonly sources: FactSources,
  ) {
    super();
  }

  settings(): Promise<FollowSettings> {
    return this.sources.settings.get(this.manager);
  }

  blockOf(actor: { url: string; host: string }): Promise<string | null> {
    return this.sources.blocks.reasonFor(actor, this.manager);
  }

  wasRefused(actorUrl: string, targetUrl: string): Promise<boolean> {
    return this.manager.existsBy(FollowEntity, {
      follower: { urlHash: hashUrl(actorUrl) },
      target: { urlHash: hashUrl(targetUrl) },
      state: 'rejected',
      decidedBy: 'administrator',
    });
  }

  isNeverFollowedBack(host: string): Promise<boolean> {
    return this.manager.existsBy(FollowBackExclusionEntity, { host });
  }

  /** What was rejected there counts too: only an administrator asks again. */
  isFollowed(actorUrl: string): Promise<boolean> {
    return this.manager.existsBy(FollowEntity, {
      follower: { host: '', type: 'Application' },
      target: { urlHash: hashUrl(actorUrl) },
    });
  }
}
