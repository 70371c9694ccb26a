import { Injectable } from '@nestjs/common';
import { networkOf } from '@vidiverse/torrent';
import { Attempts } from '../auth/attempts.js';
import { Config } from '../config/config.js';
import { JobQueue } from '../jobs/job-queue.js';
import { NotFoundError, TooManyRequestsError } from '../shared/domain-error.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { addCheck } from './check-seed-job.js';
import type { SeedReport } from './dto/seed-report.js';
import { listedSeeds } from './listed-seeds.js';

/** What viewers say of seeds. Nobody is believed: the seed is looked at. Counted in each process alone. */
@Injectable()
export class SeedReports {
  private readonly made: Attempts;

  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
  ) {
    const { reportsPerWindow, reportWindow } = config.seeds;
    this.made = new Attempts(reportsPerWindow, reportWindow * 1000);
  }

  /**
   * One that was looked at a moment ago waits for its turn: viewers would otherwise decide how often it is asked.
   * @throws TooManyRequestsError, NotFoundError when the video has no such seed (any more).
   */
  async take({ files }: VideoEntity, { url, piece }: SeedReport, address: string): Promise<void> {
    const visitor = networkOf(address);
    const wait = this.made.waitFor(visitor);
    if (wait > 0) throw new TooManyRequestsError('Too many reports. Try again later.', wait / 1000);
    this.made.add(visitor);
    const seed = files?.flatMap(({ webSeeds }) => listedSeeds(webSeeds)).find((each) => each.url === url);
    if (!seed) throw new NotFoundError('Seed');
    const next = (seed.checkedAt?.getTime() ?? 0) + this.config.seeds.reportPause * 1000;
    await addCheck(this.queue, seed, { piece, delay: Math.max(0, next - Date.now()) });
  }
}
