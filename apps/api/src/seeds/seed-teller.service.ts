import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { InboxActivityEntity } from '../federation/inbox-activity.entity.js';
import { VideoTeller } from '../federation/video-teller.service.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { WebSeedEntity } from './web-seed.entity.js';

type Received = Pick<InboxActivityEntity, 'signedBody' | 'host'>;

/**
 * Passes on to followers what cache instances say of our videos, as they signed it. Of a copy nothing is said before it was
 * checked: most who hear of it do not check it themselves.
 */
@Injectable()
export class SeedTeller {
  constructor(private readonly videos: VideoTeller) {}

  /** Something new is said of a seed. */
  async said(
    manager: EntityManager,
    { id, state }: Pick<WebSeedEntity, 'id' | 'state'>,
    video: VideoEntity,
    received: Received,
  ): Promise<void> {
    if (video.remote || received.signedBody === null) return;
    if (state === 'listed') return this.pass(manager, id, video, received);
    await manager.update(WebSeedEntity, { id }, { untold: received.signedBody });
  }

  /** It was checked, and is listed. */
  async listed(manager: EntityManager, id: number, video: VideoEntity): Promise<void> {
    const select = { id: true, host: true, untold: true } as const;
    const seed = await manager.findOne(WebSeedEntity, { select, where: { id } });
    if (seed && seed.untold !== null && !video.remote)
      await this.pass(manager, id, video, { signedBody: seed.untold, host: seed.host });
  }

  /** It is taken back, and its row will be gone with this transaction. */
  async takenBack(
    manager: EntityManager,
    { told }: Pick<WebSeedEntity, 'told'>,
    video: VideoEntity,
    received: Received,
  ): Promise<void> {
    if (told && !video.remote) await this.videos.passOn(manager, video.id, received);
  }

  private async pass(
    manager: EntityManager,
    id: number,
    video: VideoEntity,
    received: Received,
  ): Promise<void> {
    await this.videos.passOn(manager, video.id, received);
    await manager.update(WebSeedEntity, { id }, { untold: null, told: true });
  }
}
