import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { JobQueue } from '../jobs/job-queue.js';
import { NotFoundError } from '../shared/domain-error.js';
import { addCheck } from './check-seed-job.js';
import { healthAfterDecision, newHealth } from './seed-health.js';
import { WebSeedEntity } from './web-seed.entity.js';

/** What administrators decide about seeds of our videos. */
@Injectable()
export class SeedDecisions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
  ) {}

  /** Has it looked at now; one that was dropped begins anew. @throws NotFoundError */
  async check(id: number): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const seed = await manager.findOneBy(WebSeedEntity, { id });
      if (!seed) throw new NotFoundError('Seed');
      if (seed.state === 'dropped') await manager.update(WebSeedEntity, { id }, newHealth(new Date()));
      await addCheck(this.queue, seed, { manager });
    });
  }

  /** Shows it to nobody; offered again it stays away for `seeds.keepDropped`. @throws NotFoundError */
  async drop(id: number): Promise<void> {
    const changes = healthAfterDecision('An administrator dropped it.', new Date());
    const { affected } = await this.dataSource.getRepository(WebSeedEntity).update({ id }, changes);
    if (affected === 0) throw new NotFoundError('Seed');
  }
}
