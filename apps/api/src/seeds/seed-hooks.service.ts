import { Injectable } from '@nestjs/common';
import type { CacheFile } from '@vidiverse/federation';
import { cacheOffered, HookRegistry } from '@vidiverse/hooks';
import type { ActorEntity } from '../actors/actor.entity.js';
import { Config } from '../config/config.js';
import { ActivityHeldError, ActivityRefusedError } from '../federation/activity-handlers.js';
import { videoReference } from '../videos/video-reference.js';
import type { OfferedCopy } from './seed-offers.service.js';

/** What plugins say to copies that other instances offer. */
@Injectable()
export class SeedHooks {
  constructor(
    private readonly registry: HookRegistry,
    private readonly config: Config,
  ) {}

  areAsked(): boolean {
    return this.registry.hasHandlers(cacheOffered);
  }

  /** @throws ActivityRefusedError, ActivityHeldError */
  async assertWelcome(offer: CacheFile, actor: ActorEntity, { video, file }: OfferedCopy): Promise<void> {
    const verdict = await this.registry.guard(cacheOffered, {
      id: offer.id,
      actorUrl: actor.url,
      host: actor.host,
      url: offer.href,
      expiresAt: offer.expires?.toISOString() ?? null,
      video: videoReference(video, this.config),
      file: { id: file.id, resolution: file.resolution, size: file.size },
    });
    if (verdict.decision === 'allow') return;
    const reason = `by the plugin ${verdict.plugin}: ${verdict.reason}`;
    if (verdict.decision === 'refuse') throw new ActivityRefusedError(`Refused ${reason}`);
    throw new ActivityHeldError(`Held ${reason}`);
  }
}
