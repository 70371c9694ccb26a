import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CacheFacts, HeldCopy } from '@vidiverse/policy';
import type { DataSource } from 'typeorm';
import { RedundantHosts } from '../instance/redundant-hosts.service.js';
import { CacheCandidates, type ProvableCandidate } from './cache-candidates.service.js';
import { CacheSettingsService, type CacheSettings } from './cache-settings.service.js';
import { CachedFileEntity } from './cached-file.entity.js';

/** What the cache policy must know, read from the database. */
@Injectable()
export class CacheFactsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly settings: CacheSettingsService,
    private readonly hosts: RedundantHosts,
    private readonly candidates: CacheCandidates,
  ) {}

  /** `settings`: those that hold, or others that somebody only wants to look at. */
  async read(settings: CacheSettings): Promise<CacheFacts> {
    const strategies = this.settings.strategiesOf(settings);
    const hosts = await this.hosts.all();
    const copies = await this.copies();
    const known = new Map<number, ProvableCandidate>();
    for (const candidate of await this.candidates.held()) known.set(candidate.fileId, candidate);
    for (const strategy of strategies)
      for (const candidate of await this.candidates.of(strategy, hosts))
        known.set(candidate.fileId, candidate);
    for (const { state, videoFileId } of copies) if (state === 'failed') known.delete(videoFileId ?? NaN);
    return {
      now: new Date(),
      strategies,
      candidates: [...known.values()],
      held: copies.filter(({ state }) => state !== 'failed').map((copy) => toHeld(copy, known)),
      hosts,
    };
  }

  private copies(): Promise<CachedFileEntity[]> {
    return this.dataSource.manager.find(CachedFileEntity, {
      select: {
        id: true,
        videoFileId: true,
        videoUrl: true,
        infoHash: true,
        strategy: true,
        size: true,
        state: true,
        createdAt: true,
      },
    });
  }
}

/** A file that has other bytes by now is another file: the copy is of none. */
function toHeld(copy: CachedFileEntity, known: ReadonlyMap<number, ProvableCandidate>): HeldCopy {
  const file = known.get(copy.videoFileId ?? NaN);
  return {
    copyId: copy.id,
    fileId: file?.infoHash === copy.infoHash ? file.fileId : null,
    title: file?.title ?? copy.videoUrl,
    strategy: copy.strategy,
    size: copy.size,
    leaving: copy.state === 'evicting',
    heldSince: copy.createdAt,
  };
}
