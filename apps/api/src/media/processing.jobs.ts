import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobInterruptedError } from '../jobs/job.errors.js';
import { type JobKind, JobQueue, type RunningJob, UnrecoverableJobError } from '../jobs/job-queue.js';
import { DomainError } from '../shared/domain-error.js';
import {
  makeRendition,
  processVideo,
  type RenditionPayload,
  type VideoPayload,
} from './process-video.job.js';
import { StagesService } from './stages.service.js';
import { VideoProcessor } from './video-processor.service.js';
import { VideoPublisher } from './video-publisher.service.js';

/** Connects processing to the queue, and says what becomes of a video whose job failed. */
@Injectable()
export class ProcessingJobs implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly processor: VideoProcessor,
    private readonly publisher: VideoPublisher,
    private readonly stages: StagesService,
  ) {}

  onModuleInit(): void {
    this.queue.process(processVideo, (job) => this.process(job));
    this.queue.process(makeRendition, (job) => this.rendition(job));
  }

  private async process(job: RunningJob<VideoPayload>): Promise<void> {
    const { videoId } = job.payload;
    try {
      await this.processor.process(videoId, job.signal);
    } catch (error) {
      if (isFinal(job, processVideo, error)) await this.publisher.giveUp(videoId);
      else await this.stages.reopen({ videoId });
      throw unrecoverable(error);
    }
  }

  private async rendition(job: RunningJob<RenditionPayload>): Promise<void> {
    const { videoId, resolution } = job.payload;
    try {
      await this.processor.rendition(videoId, resolution, job.signal);
    } catch (error) {
      if (!isFinal(job, makeRendition, error))
        await this.stages.reopen({ videoId, name: 'rendition', detail: String(resolution) });
      // Without this rendition the others go on, and a video that waited is published with what there is.
      else if (!(await this.stages.hasOpenRenditions(videoId))) await this.publisher.finish(videoId);
      throw unrecoverable(error);
    }
  }
}

/** No other try follows. One that a shutdown or a lost lease ended begins again elsewhere. */
function isFinal(
  job: RunningJob<unknown>,
  kind: Pick<JobKind<unknown>, 'attempts'>,
  error: unknown,
): boolean {
  const { aborted, reason } = job.signal;
  if (aborted) return reason instanceof JobInterruptedError && reason.interruption === 'cancelled';
  return error instanceof DomainError || job.attempts + 1 >= kind.attempts;
}

/** A file that was refused is refused again: no second try. */
const unrecoverable = (error: unknown): unknown =>
  error instanceof DomainError ? new UnrecoverableJobError(error.message) : error;
