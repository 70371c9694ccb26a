import type { EntityManager } from 'typeorm';
import { countRates } from './rate-counts.js';
import { VideoRateEntity } from './video-rate.entity.js';

/** What an account liked and disliked counts no more: before it is deleted. */
export async function forgetRates(manager: EntityManager, accountId: number): Promise<void> {
  const rates = await manager.find(VideoRateEntity, {
    where: { accountId },
    relations: { video: true },
    order: { videoId: 'ASC' },
  });
  await manager.delete(VideoRateEntity, { accountId });
  for (const { type, video } of rates) await countRates(manager, video!, { [type]: -1 });
}
