import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { JobQueue } from '../jobs/job-queue.js';
import { VideoEntity } from '../videos/video.entity.js';
import { tellChange, tellRates, tellViews } from './later-updates.service.js';
import { VideoTeller } from './video-teller.service.js';

/** Tells what `LaterUpdates` has put off. */
@Injectable()
export class LaterUpdatesJob implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly teller: VideoTeller,
  ) {}

  onModuleInit(): void {
    this.queue.process(tellChange, ({ payload: { videoId, version } }) =>
      this.tell(videoId, ({ updatedAt }) => updatedAt.toISOString() === version),
    );
    for (const numbers of [tellViews, tellRates])
      this.queue.process(numbers, ({ payload: { videoId } }) => this.tell(videoId, () => true));
  }

  private async tell(videoId: number, isDue: (video: VideoEntity) => boolean): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const video = await manager.findOneBy(VideoEntity, { id: videoId });
      if (video && isDue(video)) await this.teller.changed(manager, videoId);
    });
  }
}
