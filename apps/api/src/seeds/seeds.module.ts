import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CacheFileHandler } from './cache-file.handler.js';
import { CheckSeedJob } from './check-seed.job.js';
import { FileTorrents } from './file-torrents.service.js';
import { SeedChecker } from './seed-checker.service.js';
import { SeedChecks } from './seed-checks.service.js';
import { SeedDecisions } from './seed-decisions.service.js';
import { SeedHooks } from './seed-hooks.service.js';
import { SeedOffers } from './seed-offers.service.js';
import { SeedReportsController } from './seed-reports.controller.js';
import { SeedReports } from './seed-reports.service.js';
import { SeedSweeper } from './seed-sweeper.js';
import { SeedTeller } from './seed-teller.service.js';
import { SeededVideos } from './seeded-videos.service.js';
import { SeedsController } from './seeds.controller.js';
import { UndoCacheFileHandler } from './undo-cache-file.handler.js';
import { WebSeedEntity } from './web-seed.entity.js';

/** WebSeeds that cache instances offer for files: heard of, checked, listed, and dropped when they fail. */
@Module({
  imports: [TypeOrmModule.forFeature([WebSeedEntity])],
  controllers: [SeedReportsController, SeedsController],
  providers: [
    SeedOffers,
    SeedHooks,
    SeedTeller,
    FileTorrents,
    SeedChecker,
    SeedChecks,
    SeedReports,
    SeedSweeper,
    CacheFileHandler,
    UndoCacheFileHandler,
    CheckSeedJob,
    SeededVideos,
    SeedDecisions,
  ],
  exports: [FileTorrents, SeededVideos],
})
export class SeedsModule {}
