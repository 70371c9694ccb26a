import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobQueue } from '../jobs/job-queue.js';
import { checkSeed } from './check-seed-job.js';
import { SeedChecks } from './seed-checks.service.js';

/** Connects the checks to the queue. */
@Injectable()
export class CheckSeedJob implements OnModuleInit {
  constructor(
    private readonly queue: JobQueue,
    private readonly checks: SeedChecks,
  ) {}

  onModuleInit(): void {
    this.queue.process(checkSeed, ({ payload: { seedId, piece }, signal }) =>
      this.checks.run(seedId, piece, signal),
    );
  }
}
