import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { VideoShareEntity } from '../videos/video-share.entity.js';

/** Who announced which video. Every method is part of the caller's transaction. */
@Injectable()
export class VideoShares {
  async add(
    manager: EntityManager,
    share: Pick<VideoShareEntity, 'videoId' | 'actorId' | 'activityUrl'>,
  ): Promise<void> {
    const now = new Date();
    const row = { ...share, createdAt: now, updatedAt: now };
    await manager.createQueryBuilder().insert().orIgnore().into(VideoShareEntity).values(row).execute();
  }

  /** Whether there was one. */
  async remove(
    manager: EntityManager,
    share: Pick<VideoShareEntity, 'videoId' | 'actorId'>,
  ): Promise<boolean> {
    const { affected } = await manager.delete(VideoShareEntity, share);
    return Boolean(affected);
  }
}
