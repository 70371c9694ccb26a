import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, LessThanOrEqual, Not, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { JobQueue } from '../jobs/job-queue.js';
import { Ticker } from '../jobs/ticker.js';
import { DatabaseBlocks } from '../moderation/database-blocks.js';
import { addCheck } from './check-seed-job.js';
import { WebSeedEntity } from './web-seed.entity.js';

/** Seeds whose turn has come that get a job in one look; more wait for the next. */
const BATCH = 200;

/** Has seeds looked at when it is time, and forgets those whose time is over or whose server is not heard any more. */
@Injectable()
export class SeedSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Seeds');
  private readonly ticker: Ticker;

  constructor(
    private readonly config: Config,
    @InjectRepository(WebSeedEntity) private readonly seeds: Repository<WebSeedEntity>,
    private readonly queue: JobQueue,
    private readonly blocks: DatabaseBlocks,
  ) {
    this.ticker = new Ticker(() => this.sweep().catch(this.complain), config.seeds.sweepInterval);
  }

  onApplicationBootstrap(): void {
    if (this.config.federation.enabled) this.ticker.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.ticker.stop();
  }

  async sweep(now = new Date()): Promise<void> {
    await this.seeds.delete({ expiresAt: LessThanOrEqual(now) });
    await this.forgetDropped(now);
    await this.forgetUnheard();
    const due = await this.seeds.find({
      select: { id: true },
      where: { checkDueAt: LessThanOrEqual(now) },
      order: { checkDueAt: 'ASC' },
      take: BATCH,
    });
    for (const seed of due) await addCheck(this.queue, seed);
  }

  /** Until then it stays known, so that its cache instance cannot have it looked at again by offering it again. */
  private async forgetDropped(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.seeds.keepDropped * 1000);
    await this.seeds.delete({ state: 'dropped', checkedAt: LessThan(before) });
  }

  private async forgetUnheard(): Promise<void> {
    const rows = await this.seeds
      .createQueryBuilder('seed')
      .select('DISTINCT seed.host', 'host')
      .getRawMany<{ host: string }>();
    const blocked = await this.blocks.among(
      rows.map(({ host }) => host),
      this.seeds.manager,
    );
    if (blocked.size > 0) await this.seeds.delete({ host: In([...blocked]) });
    const gone = await this.seeds.find({
      select: { id: true },
      where: { actor: { deletedAt: Not(IsNull()) } },
      take: BATCH,
    });
    if (gone.length > 0) await this.seeds.delete({ id: In(gone.map(({ id }) => id)) });
  }

  private readonly complain = (error: Error): void =>
    this.logger.error(`Seeds were not looked after: ${error.stack}`);
}
