import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { JobQueue } from '../jobs/job-queue.js';
import { ConflictError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import { STATES } from '../videos/video-constants.js';
import { VideoEvents } from '../videos/video-events.js';
import { VideoEntity, VideoState } from '../videos/video.entity.js';
import { VideosService } from '../videos/videos.service.js';
import type { ProcessingView } from './dto/processing-view.js';
import { processVideo } from './process-video.job.js';
import type { StageName } from './processing-stage.entity.js';
import { StagesService } from './stages.service.js';

const LABELS: Record<StageName, string> = {
  probe: 'Checking the file',
  thumbnail: 'Making a thumbnail',
  'fast-start': 'Preparing for streaming',
  torrent: 'Making torrents',
  publish: 'Publishing',
  rendition: 'Smaller version',
};

/** What the owner sees of processing, and another try. */
@Injectable()
export class ProcessingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly videos: VideosService,
    private readonly stages: StagesService,
    private readonly queue: JobQueue,
    private readonly events: VideoEvents,
  ) {}

  /** @throws NotFoundError, ForbiddenError unless the user is its owner or of the staff */
  async view(id: string, user: UserEntity): Promise<ProcessingView> {
    const video = await this.videos.findManageable(id, user);
    const rows = await this.stages.list(video.id);
    return {
      state: { id: video.state, label: STATES[video.state]! },
      stages: rows.map(({ name, detail, status, progress, message }) => ({
        name,
        label: detail ? `${LABELS[name]} (${detail}p)` : LABELS[name],
        status,
        progress,
        message,
      })),
    };
  }

  /** What was made before stays; only the rest is made. @throws ConflictError `not_failed` when nothing failed. */
  async retry(id: string, user: UserEntity): Promise<void> {
    const video = await this.videos.findManageable(id, user);
    const failed = video.state === VideoState.TranscodingFailed || (await this.stages.hasFailed(video.id));
    if (!failed || !video.originalFilename) {
      throw new ConflictError('Only a video whose processing failed can be processed again.', 'not_failed');
    }
    await this.stages.reopen({ videoId: video.id });
    await this.dataSource.transaction(async (manager) => {
      await manager.update(
        VideoEntity,
        { id: video.id, state: VideoState.TranscodingFailed },
        { state: VideoState.ToTranscode },
      );
      await this.queue.add(processVideo, { videoId: video.id }, { manager, uniqueKey: `retry-${video.id}` });
    });
    this.events.updated.next({ videoId: video.id });
  }
}
