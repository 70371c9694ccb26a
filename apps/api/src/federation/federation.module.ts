import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RemoteClient, SignatureWorkers } from '@vidiverse/federation';
import { Config } from '../config/config.js';
import { FollowEntity } from '../following/follow.entity.js';
import { VERSION } from '../instance/version.js';
import { VideoShareEntity } from '../videos/video-share.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import { ActorCollections } from './actor-collections.service.js';
import { ActorDocuments } from './actor-documents.service.js';
import { ActorTeller } from './actor-teller.service.js';
import { DiscoveryService } from './discovery.service.js';
import { DocumentsController } from './documents.controller.js';
import { FederationResources } from './federation-resources.js';
import { InboxModule } from './inbox.module.js';
import { LaterUpdatesJob } from './later-updates.job.js';
import { LaterUpdates } from './later-updates.service.js';
import { LocalVideos } from './local-videos.service.js';
import { OutboxModule } from './outbox.module.js';
import { SignedDocuments } from './signed-documents.service.js';
import { VideoActivities } from './video-activities.service.js';
import { VideoAnnounces } from './video-announces.service.js';
import { VideoTeller } from './video-teller.service.js';
import { WellKnownController } from './well-known.controller.js';

/** The adapters of libs/federation: what is served to peers, told to them and taken from them. */
@Global()
@Module({
  imports: [
    InboxModule,
    OutboxModule,
    TypeOrmModule.forFeature([FollowEntity, VideoEntity, VideoShareEntity]),
  ],
  controllers: [WellKnownController, DocumentsController],
  providers: [
    {
      provide: RemoteClient,
      inject: [Config],
      useFactory: ({ url, federation }: Config) =>
        new RemoteClient({
          version: VERSION,
          instanceUrl: url,
          allowPrivatePeers: federation.allowPrivatePeers,
          limits: { silentFor: federation.silentPause, bodyTimeout: federation.stalledAfter },
        }),
    },
    { provide: SignatureWorkers, useFactory: () => new SignatureWorkers() },
    FederationResources,
    DiscoveryService,
    ActorDocuments,
    ActorCollections,
    LocalVideos,
    SignedDocuments,
    VideoActivities,
    VideoAnnounces,
    VideoTeller,
    ActorTeller,
    LaterUpdates,
    LaterUpdatesJob,
  ],
  exports: [
    RemoteClient,
    SignatureWorkers,
    LocalVideos,
    VideoActivities,
    ActorDocuments,
    VideoTeller,
    ActorTeller,
  ],
})
export class FederationModule {}
