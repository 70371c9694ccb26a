import { Global, Module } from '@nestjs/common';
import { ActorKeys, Blocks, InboxGate, InboxJournal, SignatureWorkers } from '@vidiverse/federation';
import { Config } from '../config/config.js';
import { DatabaseBlocks } from '../moderation/database-blocks.js';
import { ActivityHandlers } from './activity-handlers.js';
import { InboxActivitiesController } from './inbox-activities.controller.js';
import { InboxActivities } from './inbox-activities.service.js';
import { InboxFront } from './inbox-front.js';
import { InboxHooks } from './inbox-hooks.service.js';
import { inboxOptions } from './inbox-options.js';
import { InboxSweeper } from './inbox-sweeper.js';
import { InboxController } from './inbox.controller.js';
import { ReceiveJob } from './receive.job.js';
import { ReceivedActivities } from './received-activities.js';
import { StoredActorKeys } from './stored-actor-keys.js';
import { TypeOrmInboxJournal } from './typeorm-inbox-journal.js';

/** Hearing others: what comes in is proven, recorded, answered, and then handled by the feature that it is for. */
@Global()
@Module({
  controllers: [InboxController, InboxActivitiesController],
  providers: [
    ActivityHandlers,
    ReceivedActivities,
    ReceiveJob,
    InboxHooks,
    InboxFront,
    InboxActivities,
    InboxSweeper,
    { provide: ActorKeys, useClass: StoredActorKeys },
    { provide: Blocks, useExisting: DatabaseBlocks },
    { provide: InboxJournal, useClass: TypeOrmInboxJournal },
    {
      provide: InboxGate,
      inject: [ActorKeys, Blocks, InboxJournal, SignatureWorkers, Config],
      useFactory: (
        keys: ActorKeys,
        blocks: Blocks,
        journal: InboxJournal,
        reader: SignatureWorkers,
        config: Config,
      ) => new InboxGate({ keys, blocks, journal, reader }, inboxOptions(config)),
    },
  ],
  exports: [ActivityHandlers, Blocks],
})
export class InboxModule {}
