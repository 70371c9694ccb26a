import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import {
  type ActivityHandler,
  ActivityHandlers,
  type ActivityOf,
  ActivityRefusedError,
  applied,
  type HandleContext,
  type Outcome,
  type PrepareContext,
  refused,
} from '../federation/activity-handlers.js';
import { RemoteVideoStore } from './remote-video-store.js';
import { type FetchedVideo, VideoFetcher } from './video-fetcher.js';
import { VideoShares } from './video-shares.service.js';
import { VideosByUrl } from './videos-by-url.js';

type Announce = ActivityOf<'Announce'>;

/** Who recommends videos: instances and channels. What people share of others is no recommendation of their instance. */
const ANNOUNCERS = ['Application', 'Service', 'Group'];

/** An instance or a channel tells its followers of a video, which its own instance is asked for. */
@Injectable()
export class AnnounceHandler implements ActivityHandler<Announce, FetchedVideo | null>, OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: ActivityHandlers,
    private readonly fetcher: VideoFetcher,
    private readonly store: RemoteVideoStore,
    private readonly shares: VideoShares,
    private readonly videos: VideosByUrl,
  ) {}

  onModuleInit(): void {
    this.handlers.on('Announce', this);
  }

  async prepare(
    { object }: Announce,
    { actor, budget, signal }: PrepareContext,
  ): Promise<FetchedVideo | null> {
    if (!ANNOUNCERS.includes(actor.type))
      throw new ActivityRefusedError('Only instances and channels announce videos.');
    if (this.videos.isOurs(object) || (await this.videos.find(this.dataSource.manager, object))) return null;
    return this.fetcher.fetch(object, { budget, signal });
  }

  async handle(
    { id, object }: Announce,
    { actor, manager }: HandleContext,
    fetched: FetchedVideo | null,
  ): Promise<Outcome> {
    const video = fetched ? await this.store.save(manager, fetched) : await this.videos.find(manager, object);
    if (!video) return refused('There is no such video.');
    await this.shares.add(manager, { videoId: video.id, actorId: actor.id, activityUrl: id });
    return applied();
  }
}
