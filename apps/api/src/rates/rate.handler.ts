import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccountEntity } from '../accounts/account.entity.js';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  applied,
  type HandleContext,
  type Outcome,
  refused,
} from '../federation/activity-handlers.js';
import { VideoTeller } from '../federation/video-teller.service.js';
import { VideosByUrl } from '../remote-videos/videos-by-url.js';
import { lockedVideo } from '../videos/locked-video.js';
import { countRates } from './rate-counts.js';
import { type Rate, VideoRateEntity } from './video-rate.entity.js';

type Rated = ActivityOf<'Like'> | ActivityOf<'Dislike'>;

const RATES: Record<Rated['type'], Rate> = { Like: 'like', Dislike: 'dislike' };

/** Somebody elsewhere says what they think of a video of ours. Only a video's own instance counts that; the others ask it for the number. */
@Injectable()
export class RateHandler implements ActivityHandler<Rated>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly videos: VideosByUrl,
    private readonly teller: VideoTeller,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Like', this);
    this.handlers.on('Dislike', this);
  }

  async handle({ type, id, object }: Rated, { actor, manager }: HandleContext): Promise<Outcome> {
    const video = this.videos.isOurs(object) ? await this.videos.find(manager, object) : null;
    if (!video) return refused('There is no such video of ours.');
    const account = await manager.findOneBy(AccountEntity, { actorId: actor.id });
    if (!account) return refused('Its actor is no account.');
    await lockedVideo(manager, video.id);
    // Who thinks otherwise now need not have taken back what was said before.
    await manager.delete(VideoRateEntity, { accountId: account.id, videoId: video.id });
    const rate = { accountId: account.id, videoId: video.id, type: RATES[type], url: id };
    await manager.save(manager.create(VideoRateEntity, rate));
    await countRates(manager, video, {});
    await this.teller.rated(manager, video);
    return applied();
  }
}
