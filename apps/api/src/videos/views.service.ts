import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { HookRegistry, videoViewed } from '@vidiverse/hooks';
import { createHash } from 'node:crypto';
import type { EntityManager, Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { afterCommit } from '../database/after-commit.js';
import { VideoTeller } from '../federation/video-teller.service.js';
import { videoReference } from './video-reference.js';
import { VideoViewsEntity } from './video-views.entity.js';
import { VideoEntity } from './video.entity.js';

/** Seconds watched before a view counts, or the whole of a shorter video; as in PeerTube. */
const COUNT_AFTER_SECONDS = 10;
/** The same viewer counts once in this time. */
const VIEWER_MEMORY_MS = 3600_000;
const MAX_REMEMBERED_VIEWERS = 50_000;

export interface ViewReport {
  address: string;
  userAgent: string;
  /** Seconds; where the viewer is. */
  currentTime: number;
}

/** Counts views: once per viewer and hour. Addresses are kept in memory only, hashed. */
@Injectable()
export class ViewsService {
  private readonly counted = new Map<string, number>();

  constructor(
    @InjectRepository(VideoViewsEntity) private readonly views: Repository<VideoViewsEntity>,
    private readonly teller: VideoTeller,
    private readonly registry: HookRegistry,
    private readonly config: Config,
  ) {}

  async report(video: VideoEntity, { address, userAgent, currentTime }: ViewReport): Promise<void> {
    if (currentTime < Math.min(COUNT_AFTER_SECONDS, Math.max(video.duration - 1, 0))) return;
    const viewer = createHash('sha256').update(`${video.id}\n${address}\n${userAgent}`).digest('base64');
    if (!this.isNew(viewer)) return;
    await this.views.manager.transaction(async (manager) => {
      await this.count(manager, video);
      await this.teller.viewed(manager, video);
      const viewed = videoReference(video, this.config);
      afterCommit(manager, () => this.registry.emit(videoViewed, viewed));
    });
  }

  /** One more view, wherever it was. */
  async count(manager: EntityManager, { id: videoId }: Pick<VideoEntity, 'id'>): Promise<void> {
    const day = new Date().toISOString().slice(0, 10);
    await manager.increment(VideoEntity, { id: videoId }, 'views', 1);
    const row = { videoId, day, views: 0 };
    await manager.createQueryBuilder().insert().orIgnore().into(VideoViewsEntity).values(row).execute();
    await manager.increment(VideoViewsEntity, { videoId, day }, 'views', 1);
  }

  private isNew(viewer: string): boolean {
    const now = Date.now();
    const until = this.counted.get(viewer);
    if (until !== undefined && until > now) return false;
    this.counted.delete(viewer);
    this.counted.set(viewer, now + VIEWER_MEMORY_MS);
    // The map keeps insertion order, so the first entry is the oldest.
    if (this.counted.size > MAX_REMEMBERED_VIEWERS) this.counted.delete(this.counted.keys().next().value!);
    return true;
  }
}
