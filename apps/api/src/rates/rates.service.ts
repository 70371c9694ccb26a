import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { type Activity, undo } from '../federation/activities.js';
import { OutboxService } from '../federation/outbox.service.js';
import { VideoTeller } from '../federation/video-teller.service.js';
import { InteractionLimits } from '../moderation/interaction-limits.js';
import type { UserEntity } from '../users/user.entity.js';
import { lockedVideo } from '../videos/locked-video.js';
import type { VideoEntity } from '../videos/video.entity.js';
import type { Rating } from './dto/rating.js';
import { rateActivity } from './rate-activity.js';
import { countRates } from './rate-counts.js';
import { VideoRateEntity } from './video-rate.entity.js';

/** What our users think of videos. The origin of a remote video is told, nobody else; of ours, those who follow it learn the number. */
@Injectable()
export class RatesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly limits: InteractionLimits,
    private readonly outbox: OutboxService,
    private readonly teller: VideoTeller,
  ) {}

  async of(user: UserEntity, { id: videoId }: VideoEntity): Promise<Rating> {
    const rate = await this.dataSource.manager.findOneBy(VideoRateEntity, {
      videoId,
      account: { userId: user.id },
    });
    return rate?.type ?? 'none';
  }

  /** Channel and account of the video must be loaded with their actors. @throws TooManyRequestsError */
  async set(user: UserEntity, video: VideoEntity, rating: Rating): Promise<void> {
    this.limits.count('rate', user);
    await this.dataSource.transaction(async (manager) => {
      await lockedVideo(manager, video.id);
      const account = await manager.findOneOrFail(AccountEntity, {
        where: { userId: user.id },
        relations: { actor: true },
      });
      const known = await manager.findOneBy(VideoRateEntity, { accountId: account.id, videoId: video.id });
      if ((known?.type ?? 'none') === rating) return;
      if (known) {
        await manager.delete(VideoRateEntity, { id: known.id });
        await this.tell(manager, video, account, (said) => undo(account.actor!, said), known);
      }
      if (rating !== 'none') {
        const rate = manager.create(VideoRateEntity, {
          accountId: account.id,
          videoId: video.id,
          type: rating,
          url: null,
        });
        await this.tell(manager, video, account, (said) => said, await manager.save(rate));
      }
      await countRates(manager, video, {
        ...(known && { [known.type]: -1 }),
        ...(rating !== 'none' && { [rating]: 1 }),
      });
      await this.teller.rated(manager, video);
    });
  }

  private async tell(
    manager: EntityManager,
    video: VideoEntity,
    { actor }: AccountEntity,
    form: (said: Activity) => Activity,
    rate: VideoRateEntity,
  ): Promise<void> {
    if (!video.remote) return;
    const owner = video.channel!.account!.actor!;
    const activity = form(rateActivity(rate, actor!, video.url!, owner));
    await this.outbox.send(manager, {
      activity,
      actor: actor!,
      inboxes: [owner.sharedInboxUrl ?? owner.inboxUrl],
    });
  }
}
