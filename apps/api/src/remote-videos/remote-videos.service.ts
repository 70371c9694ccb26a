import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { RemoteError } from '@vidiverse/federation';
import type { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { isDuplicate } from '../database/is-duplicate.js';
import { JobQueue } from '../jobs/job-queue.js';
import { DomainError } from '../shared/domain-error.js';
import { VideoEntity } from '../videos/video.entity.js';
import { refreshVideo } from './refresh-job.js';
import { RemoteVideoStore } from './remote-video-store.js';
import { type FetchVideoOptions, type FetchedVideo, VideoFetcher } from './video-fetcher.js';

const GONE = [404, 410];

/** Videos of other instances: known ones from the database, others from where they are. */
@Injectable()
export class RemoteVideos {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly fetcher: VideoFetcher,
    private readonly store: RemoteVideoStore,
  ) {}

  /** The video of this id or page; asked for when it is not known. @throws RemoteError, FederationError, DomainError */
  async ensure(url: string, options: FetchVideoOptions = {}): Promise<VideoEntity> {
    const known = await this.store.find(this.dataSource.manager, url);
    if (known) return known;
    return this.save(await this.fetcher.fetch(url, options));
  }

  /** Asks for a known video anew; what its instance says is gone is removed. @throws RemoteError, FederationError */
  async refresh(videoId: number, options: FetchVideoOptions = {}): Promise<void> {
    const video = await this.dataSource.manager.findOneBy(VideoEntity, { id: videoId, remote: true });
    if (!video) return;
    const fetched = await this.fetcher.fetch(video.url!, options).catch((error: unknown) => {
      if (isGone(error)) return null;
      throw error;
    });
    if (fetched) await this.save(fetched);
    else await this.dataSource.transaction((manager) => this.store.remove(manager, video));
  }

  /** Has a video that was not asked for lately refreshed; whoever opens it does not wait for that. */
  async refreshIfOld({ id, remote, fetchedAt }: VideoEntity): Promise<void> {
    if (!remote || Date.now() - (fetchedAt?.getTime() ?? 0) < this.config.federation.videos.refreshAfter)
      return;
    await this.queue.add(refreshVideo, { videoId: id }, { uniqueKey: String(id) });
  }

  private async save(fetched: FetchedVideo): Promise<VideoEntity> {
    const write = () => this.dataSource.transaction((manager) => this.store.save(manager, fetched));
    try {
      return await write();
    } catch (error) {
      // Two messages of a new video at once: the second finds what the first wrote.
      if (isDuplicate(error)) return write();
      throw error;
    }
  }
}

/** It is there no more, or no more for everybody. */
function isGone(error: unknown): boolean {
  if (error instanceof RemoteError) return GONE.includes(error.status ?? 0);
  return error instanceof DomainError && error.code === 'not_public';
}
