import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { FederationError, FetchBudget, RemoteError } from '@vidiverse/federation';
import { JobQueue, type RunningJob } from '../jobs/job-queue.js';
import { DomainError } from '../shared/domain-error.js';
import { refreshVideo } from './refresh-job.js';
import { RemoteVideos } from './remote-videos.service.js';

/** Connects refreshing to the queue. */
@Injectable()
export class RefreshJob implements OnModuleInit {
  private readonly logger = new Logger('Videos');

  constructor(
    private readonly queue: JobQueue,
    private readonly videos: RemoteVideos,
  ) {}

  onModuleInit(): void {
    this.queue.process(refreshVideo, (job) => this.refresh(job));
  }

  /** What another instance does not answer is no failure of a job: what is known stands. */
  private async refresh({ payload: { videoId }, signal }: RunningJob<{ videoId: number }>): Promise<void> {
    try {
      await this.videos.refresh(videoId, { budget: new FetchBudget(), signal });
    } catch (error) {
      signal.throwIfAborted();
      const isTheirs = error instanceof RemoteError || error instanceof FederationError;
      if (!isTheirs && !(error instanceof DomainError)) throw error;
      this.logger.debug(`video ${videoId} is not refreshed: ${error.message}`);
    }
  }
}
