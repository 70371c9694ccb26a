import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Not, type Repository } from 'typeorm';
import { VideoTeller } from '../federation/video-teller.service.js';
import { FileStorage } from '../storage/file-storage.js';
import { VideoEvents } from '../videos/video-events.js';
import { VideoEntity, VideoState } from '../videos/video.entity.js';
import { StagesService } from './stages.service.js';

/** How processing ends: published, finished, or given up. Each may be asked for again after a crash and counts once. */
@Injectable()
export class VideoPublisher {
  constructor(
    @InjectRepository(VideoEntity) private readonly videos: Repository<VideoEntity>,
    private readonly storage: FileStorage,
    private readonly events: VideoEvents,
    private readonly stages: StagesService,
    private readonly teller: VideoTeller,
  ) {}

  /** `beside`: written in the same transaction. */
  async publish(
    videoId: number,
    beside: (manager: EntityManager) => Promise<void> = async () => {},
  ): Promise<void> {
    const published = await this.stages.run({ videoId, name: 'publish' }, () =>
      this.videos.manager.transaction(async (manager) => {
        await beside(manager);
        const video = await manager.findOneByOrFail(VideoEntity, { id: videoId });
        const now = new Date();
        const { affected } = await manager.update(
          VideoEntity,
          { id: videoId, state: Not(VideoState.Published) },
          { state: VideoState.Published, publishedAt: video.publishedAt ?? now, updatedAt: now },
        );
        if (affected) await this.teller.published(manager, videoId);
        return Boolean(affected);
      }),
    );
    if (published) this.events.published.next({ videoId });
  }

  /**
   * When nothing more is to be made: publishes what waited for it, and gives up the original, unless a rendition failed
   * that its owner may want to try again.
   */
  async finish(videoId: number): Promise<void> {
    const video = await this.videos.findOneBy({ id: videoId });
    if (!video?.originalFilename) return;
    if (video.state !== VideoState.Published) await this.publish(videoId);
    if (await this.stages.hasFailed(videoId)) return;
    await this.videos.update({ id: videoId }, { originalFilename: null, originalSize: 0 });
    await this.storage.remove('originals', video.originalFilename);
  }

  /** Tells the owner that nothing can be played; the stages say why. The original is kept for another try. */
  async giveUp(videoId: number): Promise<void> {
    const { affected } = await this.videos.update(
      { id: videoId, state: VideoState.ToTranscode },
      { state: VideoState.TranscodingFailed, updatedAt: new Date() },
    );
    if (affected) this.events.updated.next({ videoId });
  }
}
