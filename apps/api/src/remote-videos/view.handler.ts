import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hostOf } from '@vidiverse/federation';
import { Config } from '../config/config.js';
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
import { ViewsService } from '../videos/views.service.js';
import { ViewLimit } from './view-limit.js';
import { VideosByUrl } from './videos-by-url.js';

type View = ActivityOf<'View'>;

/** Somebody watched a video elsewhere. Its own instance counts, and passes it on to who follows it. */
@Injectable()
export class ViewHandler implements ActivityHandler<View>, OnModuleInit {
  private readonly limit: ViewLimit;

  constructor(
    config: Config,
    private readonly handlers: ActivityHandlers,
    private readonly videos: VideosByUrl,
    private readonly views: ViewsService,
    private readonly teller: VideoTeller,
  ) {
    this.limit = new ViewLimit(config.federation.videos.viewsPerHostAndHour);
  }

  onModuleInit(): void {
    this.handlers.on('View', this);
  }

  async handle(view: View, { actor, manager, row }: HandleContext): Promise<Outcome> {
    const video = await this.videos.find(manager, view.object);
    if (!video) return refused('There is no such video.');
    // Who is watching now is told every minute, and not kept.
    if (view.expires) return applied();
    if (!this.limit.take(hostOf(actor.url)!, video.id)) return refused('Too many views from this instance.');
    await this.views.count(manager, video);
    if (!video.remote) await this.teller.viewedElsewhere(manager, video.id, row);
    return applied();
  }
}
