import type { EntityManager } from 'typeorm';
import { VideoEntity } from '../videos/video.entity.js';
import type { Rate } from './video-rate.entity.js';

const COLUMNS = { like: 'likes', dislike: 'dislikes' } as const;
type Counted = Pick<VideoEntity, 'id' | 'remote'>;

/** `change` is what has been added and taken of each. The video's row must be locked. */
export async function countRates(
  manager: EntityManager,
  { id, remote }: Counted,
  change: Partial<Record<Rate, number>>,
): Promise<void> {
  // Of a remote video only some of the rates are here: its origin knows the number, we know what changed since.
  const changed = (rate: Rate) => () =>
    `CASE WHEN ${COLUMNS[rate]} + ${change[rate] ?? 0} < 0 THEN 0 ELSE ${COLUMNS[rate]} + ${change[rate] ?? 0} END`;
  const counted = (rate: Rate) => () =>
    `(SELECT COUNT(*) FROM video_rates WHERE video_rates.videoId = videos.id AND video_rates.type = '${rate}')`;
  const value = remote ? changed : counted;
  await manager
    .createQueryBuilder()
    .update(VideoEntity)
    .set({ likes: value('like'), dislikes: value('dislike') })
    .where('id = :id', { id })
    .execute();
}
