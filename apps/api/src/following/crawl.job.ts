import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  crawlCollection,
  FederationError,
  type JsonObject,
  RemoteClient,
  RemoteError,
} from '@vidiverse/federation';
import type { Repository } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { signedBy } from '../actors/signed-by.js';
import { Config } from '../config/config.js';
import { JobQueue, type RunningJob } from '../jobs/job-queue.js';
import { DomainError } from '../shared/domain-error.js';
import { crawlJob } from './crawl-job.js';
import { CrawledItems } from './crawled-items.js';
import { OutboxCrawlEntity } from './outbox-crawl.entity.js';
import { readCrawledItem } from './read-crawled-item.js';

/** Looked at again after a crash: what was deleted meanwhile moves the rest forward. */
const OVERLAP = 10;

/** Reads the outbox of an actor whose follow was accepted, so that its older videos appear here. */
@Injectable()
export class CrawlJob implements OnModuleInit {
  private readonly logger = new Logger('Following');

  constructor(
    @InjectRepository(OutboxCrawlEntity) private readonly crawls: Repository<OutboxCrawlEntity>,
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly actors: LocalActors,
    private readonly client: RemoteClient,
    private readonly items: CrawledItems,
  ) {}

  onModuleInit(): void {
    this.queue.process(crawlJob, (job) => this.run(job));
  }

  private async run({ payload: { crawlId }, attempts, signal, progress }: RunningJob<{ crawlId: number }>) {
    const crawl = await this.crawls.findOne({
      where: { id: crawlId },
      relations: { follow: { target: true } },
    });
    if (!crawl) return;
    const walk = new Walk(crawl, progress);
    try {
      await this.walk(walk, crawl.follow!.target!, signal);
      await this.save(walk, 'done', null);
    } catch (error) {
      if (signal.aborted) throw error;
      const passing = !(error instanceof RemoteError) || error.retryable;
      const isLast = !passing || attempts + 1 >= crawlJob.attempts;
      await this.save(walk, isLast ? 'failed' : 'waiting', (error as Error).message);
      if (passing) throw error;
    }
  }

  private async walk(walk: Walk, actor: ActorEntity, signal: AbortSignal): Promise<void> {
    if (actor.outboxUrl === null) return;
    const sign = signedBy(await this.actors.instance());
    const onTotal = (total: number) => (walk.total = total);
    const options = { ...this.config.federation.crawl, sign, signal, onTotal };
    for await (const item of crawlCollection(this.client, actor.outboxUrl, options)) {
      if (walk.isKnown()) continue;
      await this.take(walk, actor, item, signal);
      // Whoever unfollows or begins anew ends the walk: its row is gone.
      if (!(await this.save(walk, 'running', null))) return;
    }
  }

  /** What one item lacks does not keep the others away. */
  private async take(walk: Walk, actor: ActorEntity, item: string | JsonObject, signal: AbortSignal) {
    const read = readCrawledItem(item);
    if (!read) return walk.add('skipped');
    try {
      await this.items.take(actor, read, signal);
      walk.add('taken');
    } catch (error) {
      signal.throwIfAborted();
      const isTheirs = error instanceof RemoteError || error instanceof FederationError;
      if (!isTheirs && !(error instanceof DomainError)) throw error;
      this.logger.debug(`${read.videoUrl} is left out: ${error.message}`);
      walk.add('skipped');
    }
  }

  private async save(walk: Walk, state: OutboxCrawlEntity['state'], error: string | null): Promise<boolean> {
    const { id, total, fetched, skipped } = walk;
    const changes = { state, total, fetched, skipped, error, updatedAt: new Date() };
    await walk.report();
    return (await this.crawls.update({ id }, changes)).affected !== 0;
  }
}

/** How far it came. */
class Walk {
  readonly id: number;
  total: number | null;
  fetched: number;
  skipped: number;
  private left: number;

  constructor(
    crawl: OutboxCrawlEntity,
    private readonly progress: (percent: number) => Promise<void>,
  ) {
    this.id = crawl.id;
    this.total = crawl.total;
    this.left = Math.max(0, crawl.fetched - OVERLAP);
    this.fetched = this.left;
    this.skipped = Math.min(crawl.skipped, this.left);
  }

  /** Counts off what was looked at before a crash. */
  isKnown(): boolean {
    return this.left-- > 0;
  }

  add(outcome: 'taken' | 'skipped'): void {
    this.fetched += 1;
    if (outcome === 'skipped') this.skipped += 1;
  }

  async report(): Promise<void> {
    if (this.total) await this.progress(Math.min(100, Math.round((100 * this.fetched) / this.total)));
  }
}
