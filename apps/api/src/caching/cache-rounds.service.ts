import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CacheDecision } from '@vidiverse/policy';
import { type DataSource, In, LessThan } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { isDuplicate } from '../database/is-duplicate.js';
import { JobQueue } from '../jobs/job-queue.js';
import { CacheDecisions, type RoundVerdicts } from './cache-decisions.service.js';
import { type CacheSettings, CacheSettingsService } from './cache-settings.service.js';
import { CacheSweeper } from './cache-sweeper.js';
import { CachedFileEntity } from './cached-file.entity.js';
import { CopyFiles } from './copy-files.service.js';
import { CopyStore, ON_THE_WAY } from './copy-store.service.js';
import type { FetchPayload } from './fetch-job.js';
import { VideoDocuments } from './video-documents.service.js';

const UNFINISHED = ['waiting', 'delayed', 'active'];

/** Brings what is cached closer to what the policy wants: what goes is gone before anything comes in its place. */
@Injectable()
export class CacheRounds {
  private readonly logger = new Logger('Caching');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly settings: CacheSettingsService,
    private readonly decisions: CacheDecisions,
    private readonly store: CopyStore,
    private readonly files: CopyFiles,
    private readonly documents: VideoDocuments,
    private readonly sweeper: CacheSweeper,
  ) {}

  /** Runs in one process at a time: two that decide at once would both fill the same room. */
  async run(signal: AbortSignal): Promise<void> {
    await this.removeLeaving();
    await this.forgetFailed();
    const settings = await this.settings.get();
    const verdicts: RoundVerdicts = new Map();
    // What left makes room at once; what cannot leave yet is for a later round.
    for (let left = true; left;) {
      signal.throwIfAborted();
      const decision = await this.decisions.decide(settings, verdicts);
      await this.apply(decision, signal);
      left = decision.evict.length > 0 && (await this.removeLeaving()) > 0;
    }
    await this.reviveLost(signal);
    await this.store.extendAll();
    await this.documents.renew(signal);
    await this.sweeper.sweep();
  }

  /** What a round would do with these settings. Nothing is changed. */
  preview(settings: CacheSettings): Promise<CacheDecision> {
    return this.decisions.decide(settings);
  }

  /** Takes the bytes of what leaves, unless a job still writes them. Answers how many went. */
  async removeLeaving(): Promise<number> {
    let gone = 0;
    for (const copy of await this.dataSource.manager.findBy(CachedFileEntity, { state: 'evicting' })) {
      if (!(await this.isAtRest(copy))) continue;
      await this.files.remove(copy);
      await this.dataSource.manager.delete(CachedFileEntity, { id: copy.id, state: 'evicting' });
      gone += 1;
    }
    return gone;
  }

  private async apply({ evict, add }: CacheDecision, signal: AbortSignal): Promise<void> {
    for (const { copyId, reason } of evict) {
      signal.throwIfAborted();
      if (await this.store.leave(copyId, reason)) this.logger.log(`copy ${copyId} goes: ${reason}`);
    }
    for (const addition of add) {
      signal.throwIfAborted();
      // Somebody else may have wanted the same file a moment ago.
      await inTransaction(this.dataSource, (manager) => this.store.want(manager, addition)).catch(
        (error: unknown) => {
          if (!isDuplicate(error)) throw error;
        },
      );
    }
  }

  /** Whether nobody writes to it any more; a job that waits is cancelled, one that runs is asked to stop. */
  private async isAtRest({ jobId }: CachedFileEntity): Promise<boolean> {
    if (jobId === null) return true;
    const job = await this.queue.get(jobId);
    if (!job || !UNFINISHED.includes(job.state)) return true;
    await this.queue.cancel(jobId);
    return (await this.queue.get(jobId))?.state !== 'active';
  }

  private async forgetFailed(): Promise<void> {
    const { manager } = this.dataSource;
    for (const copy of await manager.findBy(CachedFileEntity, { state: 'failed' }))
      await this.files.remove(copy);
    await manager.delete(CachedFileEntity, { state: 'failed', retryAt: LessThan(new Date()) });
  }

  private async reviveLost(signal: AbortSignal): Promise<void> {
    const waiting = await this.dataSource.manager.findBy(CachedFileEntity, { state: In(ON_THE_WAY) });
    for (const { id, jobId, verifiedBytes } of waiting) {
      signal.throwIfAborted();
      const job = jobId === null ? null : await this.queue.get(jobId);
      if (job && UNFINISHED.includes(job.state)) continue;
      const isCause = job?.state === 'set-aside' && verifiedBytes <= (job.payload as FetchPayload).from;
      if (isCause) await this.store.giveUp(id, 'Its process died too often.');
      else await this.store.revive(id);
    }
  }
}
