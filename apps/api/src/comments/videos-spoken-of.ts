import type { EntityManager } from 'typeorm';
import { VideoEntity } from '../videos/video.entity.js';

/** Videos that an account commented on or rated, with channel, owner and their actors: who has heard of it besides its followers. */
export const videosSpokenOf = (manager: EntityManager, accountId: number): Promise<VideoEntity[]> =>
  manager
    .createQueryBuilder(VideoEntity, 'video')
    .innerJoinAndSelect('video.channel', 'channel')
    .innerJoinAndSelect('channel.actor', 'channelActor')
    .innerJoinAndSelect('channel.account', 'owner')
    .innerJoinAndSelect('owner.actor', 'ownerActor')
    .where('video.id IN (SELECT comments.videoId FROM comments WHERE comments.accountId = :accountId)')
    .orWhere(
      'video.id IN (SELECT video_rates.videoId FROM video_rates WHERE video_rates.accountId = :accountId)',
    )
    .setParameters({ accountId })
    .getMany();
