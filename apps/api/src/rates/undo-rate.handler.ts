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
import { VideoRateEntity } from './video-rate.entity.js';

type Undo = ActivityOf<'Undo'>;

/** Somebody elsewhere takes back what they thought of a video of ours. */
@Injectable()
export class UndoRateHandler implements ActivityHandler<Undo>, OnModuleInit {
  constructor(
    private readonly handlers: ActivityHandlers,
    private readonly videos: VideosByUrl,
    private readonly teller: VideoTeller,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Undo', this);
  }

  concerns({ activity }: Undo): boolean {
    return activity?.type === 'Like' || activity?.type === 'Dislike';
  }

  async handle({ activity }: Undo, { actor, manager }: HandleContext): Promise<Outcome> {
    if (activity?.type !== 'Like' && activity?.type !== 'Dislike') return refused('It is of another kind.');
    if (activity.actor !== actor.url) return refused('It is what another said.');
    const video = this.videos.isOurs(activity.object)
      ? await this.videos.find(manager, activity.object)
      : null;
    const account = await manager.findOneBy(AccountEntity, { actorId: actor.id });
    if (!video || !account) return refused('There is no such video of ours.');
    await lockedVideo(manager, video.id);
    const type = activity.type === 'Like' ? 'like' : 'dislike';
    const undone = await manager.delete(VideoRateEntity, {
      accountId: account.id,
      videoId: video.id,
      type,
    });
    if (!undone.affected) return refused('There is nothing to take back.');
    await countRates(manager, video, {});
    await this.teller.rated(manager, video);
    return applied();
  }
}
