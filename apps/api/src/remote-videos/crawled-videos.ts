import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { FetchBudget, sameOrigin } from '@vidiverse/federation';
import type { DataSource } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { type CrawledItem, CrawledItems } from '../following/crawled-items.js';
import { UnprocessableError } from '../shared/domain-error.js';
import { RemoteVideos } from './remote-videos.service.js';
import { VideoShares } from './video-shares.service.js';
import { VideosByUrl } from './videos-by-url.js';

/** Older videos, as the outbox of a followed actor lists them. */
@Injectable()
export class CrawledVideos extends CrawledItems {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly videos: RemoteVideos,
    private readonly shares: VideoShares,
    private readonly byUrl: VideosByUrl,
  ) {
    super();
  }

  async take(
    actor: ActorEntity,
    { type, activityUrl, videoUrl }: CrawledItem,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.byUrl.isOurs(videoUrl)) return;
    if (type === 'Create' && !sameOrigin(videoUrl, actor.url))
      throw new UnprocessableError('It is the video of another instance.');
    const { id: videoId } = await this.videos.ensure(videoUrl, { budget: new FetchBudget(), signal });
    if (type !== 'Announce') return;
    const share = { videoId, actorId: actor.id, activityUrl: activityUrl ?? videoUrl };
    await this.shares.add(this.dataSource.manager, share);
  }
}
