import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/config.js';
import { JobQueue, type RunningJob, UnrecoverableJobError } from '../jobs/job-queue.js';
import { CacheRounds } from './cache-rounds.service.js';
import { CopyFetcher } from './copy-fetcher.service.js';
import { CopyStore } from './copy-store.service.js';
import { cacheRound, fetchCopy, type FetchPayload } from './fetch-job.js';

/** Connects caching to the queue, and says what becomes of a copy whose fetching failed. */
@Injectable()
export class CachingJobs implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly fetcher: CopyFetcher,
    private readonly store: CopyStore,
    private readonly rounds: CacheRounds,
  ) {}

  onModuleInit(): void {
    this.queue.process(fetchCopy(this.config), (job) => this.fetch(job));
    this.queue.process(cacheRound, ({ signal }) => this.rounds.run(signal));
  }

  private async fetch(job: RunningJob<FetchPayload>): Promise<void> {
    const { copyId } = job.payload;
    try {
      await this.fetcher.fetch(job);
    } catch (error) {
      // One that a shutdown or a lost lease ended begins again elsewhere; who cancelled it knows why.
      job.signal.throwIfAborted();
      const { message } = error as Error;
      const isLast =
        error instanceof UnrecoverableJobError || job.attempts + 1 >= this.config.caching.attempts;
      if (isLast) await this.fetcher.giveUp(copyId, message);
      else await this.store.noteError(copyId, message);
      throw error;
    }
  }
}
