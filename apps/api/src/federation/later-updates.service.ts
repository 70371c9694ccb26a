import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { defineJob, JobQueue } from '../jobs/job-queue.js';
import { isTold } from '../videos/video-access.js';
import { VideoEntity } from '../videos/video.entity.js';

/** `version` is the `updatedAt` of the change. */
export const tellChange = defineJob<{ videoId: number; version: string }>({ name: 'federation.tell-change' });
/** Views since the last time. */
export const tellViews = defineJob<{ videoId: number }>({ name: 'federation.tell-views' });
/** Likes and dislikes since the last time. */
export const tellRates = defineJob<{ videoId: number }>({ name: 'federation.tell-rates' });

/** Changes that come one after another, such as files and images that are made, and are told once. */
@Injectable()
export class LaterUpdates {
  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Dates the video's change. Its job tells only when nothing has changed since: what came later has a job of its own, which
   * tells all of it.
   */
  async add(manager: EntityManager, videoId: number): Promise<void> {
    const now = new Date();
    await manager.update(VideoEntity, { id: videoId }, { updatedAt: now });
    const video = await manager.findOneBy(VideoEntity, { id: videoId });
    if (!this.config.federation.enabled || !video || !isTold(video)) return;
    const delay = this.config.federation.videos.updateDelay;
    await this.queue.add(tellChange, { videoId, version: now.toISOString() }, { manager, delay });
  }

  /** Views do not change the video: it stays as new as it was. */
  addViews(manager: EntityManager, videoId: number): Promise<void> {
    return this.addNumber(manager, tellViews, videoId, this.config.federation.videos.viewsInterval);
  }

  /** Likes do not either. Whoever gets an Update asks for their number. */
  addRates(manager: EntityManager, videoId: number): Promise<void> {
    return this.addNumber(manager, tellRates, videoId, this.config.federation.videos.ratesInterval);
  }

  /** One job for what is counted in an interval. It runs after the interval's end, so that it misses nothing of it. */
  private async addNumber(
    manager: EntityManager,
    job: typeof tellViews,
    videoId: number,
    delay: number,
  ): Promise<void> {
    if (!this.config.federation.enabled) return;
    const interval = Math.floor(Date.now() / Math.max(delay, 1));
    await this.queue.add(job, { videoId }, { manager, delay, uniqueKey: `${videoId} ${interval}` });
  }
}
