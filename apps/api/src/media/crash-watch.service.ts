import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/config.js';
import { JobQueue, type JobView } from '../jobs/job-queue.js';
import {
  makeRendition,
  processVideo,
  type RenditionPayload,
  type VideoPayload,
} from './process-video.job.js';
import { StagesService } from './stages.service.js';
import { VideoPublisher } from './video-publisher.service.js';

const MAX_LISTED = 100;
const REASON = 'Processing this file stopped the server several times. It is not tried again by itself.';

/** A job that killed its process too often is set aside: its video must not wait for ever, and its owner is told. */
@Injectable()
export class CrashWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Processing');
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly stages: StagesService,
    private readonly publisher: VideoPublisher,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('worker')) return;
    // A crash is noticed when a lease runs out: no reason to look more often.
    const interval = this.config.jobs.lease * 1000;
    const run = () => {
      this.looking = this.look()
        .catch((error: Error) => this.logger.error(`jobs set aside cannot be looked at: ${error.message}`))
        .finally(() => {
          if (this.timer) this.timer = setTimeout(run, interval).unref();
        });
    };
    this.timer = setTimeout(run, interval).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.looking;
  }

  private async look(): Promise<void> {
    for (const job of await this.setAside(processVideo.name)) {
      const { videoId } = job.payload as VideoPayload;
      if (!(await this.isLatest(job, videoId))) continue;
      await this.stages.failOpen({ videoId }, REASON);
      await this.publisher.giveUp(videoId);
    }
    for (const job of await this.setAside(makeRendition.name)) {
      const { videoId, resolution } = job.payload as RenditionPayload;
      const stage = { videoId, name: 'rendition' as const, detail: String(resolution) };
      if (!(await this.isLatest(job, videoId, stage.detail))) continue;
      await this.stages.failOpen(stage, REASON);
      if (!(await this.stages.hasOpenRenditions(videoId))) await this.publisher.finish(videoId);
    }
  }

  /** Nothing has gone on since it was set aside; a later try, asked for by the owner, touches the stages. */
  private async isLatest(job: JobView, videoId: number, detail?: string): Promise<boolean> {
    const rows = (await this.stages.list(videoId)).filter(
      (row) => detail === undefined || row.detail === detail,
    );
    const open = rows.some(({ status }) => status === 'waiting' || status === 'running');
    return open && job.finishedAt !== null && rows.every(({ updatedAt }) => updatedAt <= job.finishedAt!);
  }

  private async setAside(kind: string): Promise<JobView[]> {
    const query = { state: 'set-aside', kind, start: 0, count: MAX_LISTED, newestFirst: true } as const;
    return (await this.queue.list(query)).data;
  }
}
