import type { EntityManager } from 'typeorm';
import { VideoEntity } from '../videos/video.entity.js';

/** Videos per statement. */
const BATCH = 500;

/** Writes how many comments each of the videos has that can be read. Counted anew, so that no mistake lasts. */
export async function recountComments(manager: EntityManager, ...videoIds: number[]): Promise<void> {
  for (let start = 0; start < videoIds.length; start += BATCH) {
    await manager
      .createQueryBuilder()
      .update(VideoEntity)
      .set({
        comments: () =>
          '(SELECT COUNT(*) FROM comments WHERE comments.videoId = videos.id AND comments.deletedAt IS NULL AND comments.accountId IS NOT NULL)',
      })
      .where('id IN (:...ids)', { ids: videoIds.slice(start, start + BATCH) })
      .execute();
  }
}
