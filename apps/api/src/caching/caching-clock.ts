import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { JobQueue } from '../jobs/job-queue.js';
import { Ticker } from '../jobs/ticker.js';
import { WebSeedService } from '../torrents/web-seed.service.js';
import { CacheSettingsService } from './cache-settings.service.js';
import { CachedFileEntity } from './cached-file.entity.js';
import { cacheRound } from './fetch-job.js';

/** Asks for a round now and then, and notes how much of each copy was served. */
@Injectable()
export class CachingClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Caching');
  private readonly ticker: Ticker;
  /** Bytes served of each copy that stand in its row already. */
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly settings: CacheSettingsService,
    private readonly webSeed: WebSeedService,
  ) {
    this.ticker = new Ticker(() => this.tick(), config.caching.interval);
  }

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.ticker.stop();
  }

  /** A round as soon as may be: what an administrator changes is not waited for. */
  async soon(): Promise<void> {
    await this.queue.add(cacheRound, {}, { uniqueKey: 'round' });
  }

  /** Each process counts what it served itself. */
  async noteServed(): Promise<void> {
    const copies = await this.dataSource.manager.find(CachedFileEntity, {
      select: { id: true, filename: true },
      where: { state: 'cached' },
    });
    for (const { id, filename } of copies) {
      const served = this.webSeed.bytesServed(filename);
      const more = served - Math.min(this.noted.get(filename) ?? 0, served);
      if (more === 0) continue;
      await this.dataSource.manager.increment(CachedFileEntity, { id }, 'servedBytes', more);
      this.noted.set(filename, served);
    }
    const present = new Set(copies.map(({ filename }) => filename));
    for (const name of this.noted.keys()) if (!present.has(name)) this.noted.delete(name);
  }

  private async tick(): Promise<void> {
    try {
      const { enabled } = await this.settings.get();
      const isIdle = !enabled && !(await this.dataSource.manager.exists(CachedFileEntity));
      if (isIdle) return;
      if (this.config.roles.includes('web')) await this.noteServed();
      if (this.config.roles.includes('worker')) await this.soon();
    } catch (error) {
      this.logger.error(`the next look at what to cache comes later: ${(error as Error).message}`);
    }
  }
}
