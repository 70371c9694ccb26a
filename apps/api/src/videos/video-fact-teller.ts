import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type EventHook,
  HookRegistry,
  videoDeleted,
  videoPublished,
  videoUpdated,
  type VideoRow,
} from '@vidiverse/hooks';
import type { Repository } from 'typeorm';
import { VideoEvents } from './video-events.js';
import { VideoEntity } from './video.entity.js';
import { VideoMapper } from './video.mapper.js';

/** Tells plugins what the features tell each other of videos: after the commit, and as the row is by then. */
@Injectable()
export class VideoFactTeller {
  private readonly logger = new Logger('Hooks');

  constructor(
    private readonly registry: HookRegistry,
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    private readonly mapper: VideoMapper,
    events: VideoEvents,
  ) {
    events.published.subscribe(({ videoId }) => this.tell(videoPublished, videoId));
    events.updated.subscribe(({ videoId }) => this.tell(videoUpdated, videoId));
    events.deleted.subscribe(({ videoId: id, uuid, filenames, infoHashes }) =>
      // A copy, since what is told is frozen.
      registry.emit(videoDeleted, { id, uuid, filenames: [...filenames], infoHashes: [...infoHashes] }),
    );
  }

  private tell(hook: EventHook<VideoRow>, videoId: number): void {
    if (!this.registry.hasHandlers(hook)) return;
    this.emit(hook, videoId).catch((error: Error) =>
      this.logger.warn(`${hook.name} of video ${videoId} was not told: ${error.message}`),
    );
  }

  private async emit(hook: EventHook<VideoRow>, id: number): Promise<void> {
    const relations = { channel: { actor: true, account: { actor: true } } };
    const video = await this.videos.findOne({ where: { id }, relations });
    if (video && !video.remote) this.registry.emit(hook, this.mapper.summary(video));
  }
}
