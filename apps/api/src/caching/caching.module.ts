import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SeedsModule } from '../seeds/seeds.module.js';
import { CacheCandidates } from './cache-candidates.service.js';
import { CacheDecisions } from './cache-decisions.service.js';
import { CacheFactsService } from './cache-facts.service.js';
import { CacheRounds } from './cache-rounds.service.js';
import { CacheSettingsService } from './cache-settings.service.js';
import { CacheSweeper } from './cache-sweeper.js';
import { CacheTeller } from './cache-teller.service.js';
import { CachedFileEntity } from './cached-file.entity.js';
import { CachedFiles } from './cached-files.service.js';
import { CachingClock } from './caching-clock.js';
import { CachingController } from './caching.controller.js';
import { CachingJobs } from './caching.jobs.js';
import { CopiesController } from './copies.controller.js';
import { CopyAccess } from './copy-access.service.js';
import { CopyClient } from './copy-client.js';
import { CopyFetcher } from './copy-fetcher.service.js';
import { CopyFiles } from './copy-files.service.js';
import { CopyStore } from './copy-store.service.js';
import { RedundancyController } from './redundancy.controller.js';
import { VideoDocuments } from './video-documents.service.js';

/** This instance as a cache instance: copies of others' files, chosen under budgets, fetched and proven, served and told. */
@Module({
  imports: [SeedsModule, TypeOrmModule.forFeature([CachedFileEntity])],
  controllers: [CopiesController, RedundancyController, CachingController],
  providers: [
    CacheSettingsService,
    CacheCandidates,
    CacheFactsService,
    CacheDecisions,
    CacheTeller,
    CopyStore,
    CopyFiles,
    VideoDocuments,
    CopyClient,
    CopyFetcher,
    CacheRounds,
    CacheSweeper,
    CachingJobs,
    CachingClock,
    CachedFiles,
    CopyAccess,
  ],
  exports: [CachedFiles],
})
export class CachingModule {}
