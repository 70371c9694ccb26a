import { Injectable, Logger } from '@nestjs/common';
import { JobQueue } from '../jobs/job-queue.js';
import { VideoEvents } from '../videos/video-events.js';
import { makeRendition, processVideo, type VideoPayload } from './process-video.job.js';

/** More run at once nowhere. */
const MAX_LISTED = 100;

/** Stops what is being made of a video that was deleted, in whatever process. Jobs that wait find it gone when they begin. */
@Injectable()
export class DeletedVideoStopper {
  private readonly logger = new Logger('Processing');

  constructor(
    private readonly queue: JobQueue,
    events: VideoEvents,
  ) {
    events.deleted.subscribe(
      ({ videoId }) =>
        void this.stop(videoId).catch((error: Error) =>
          this.logger.warn(`processing of deleted video ${videoId} goes on: ${error.message}`),
        ),
    );
  }

  private async stop(videoId: number): Promise<void> {
    for (const { name: kind } of [processVideo, makeRendition]) {
      const { data } = await this.queue.list({ kind, state: 'active', start: 0, count: MAX_LISTED });
      for (const job of data)
        if ((job.payload as VideoPayload).videoId === videoId) await this.queue.cancel(job.id);
    }
  }
}
