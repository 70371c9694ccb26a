import { Global, Module } from '@nestjs/common';
import { AbuseSubjects } from './abuse-subjects.service.js';
import { AbusesController } from './abuses.controller.js';
import { AbusesService } from './abuses.service.js';
import { BlockStatusController } from './block-status.controller.js';
import { BlockStatusService } from './block-status.service.js';
import { BlockedDeliveries } from './blocked-deliveries.js';
import { BlockedFollows } from './blocked-follows.js';
import { BlocklistService } from './blocklist.service.js';
import { DatabaseBlocks } from './database-blocks.js';
import { FlagHandler } from './flag.handler.js';
import { InteractionLimits } from './interaction-limits.js';
import { MyBlocklistController } from './my-blocklist.controller.js';
import { ServerBlocklistController } from './server-blocklist.controller.js';

/** Reports and block lists. Global: what was blocked is asked where things are said, taken in and sent. */
@Global()
@Module({
  controllers: [AbusesController, ServerBlocklistController, MyBlocklistController, BlockStatusController],
  providers: [
    AbusesService,
    AbuseSubjects,
    BlocklistService,
    BlockedDeliveries,
    BlockedFollows,
    BlockStatusService,
    DatabaseBlocks,
    FlagHandler,
    InteractionLimits,
  ],
  exports: [DatabaseBlocks, InteractionLimits],
})
export class ModerationModule {}
