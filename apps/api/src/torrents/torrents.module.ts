import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SwarmCounts } from '../videos/swarm-counts.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { FileAccess } from './file-access.service.js';
import { FilesController } from './files.controller.js';
import { LazyStaticController } from './lazy-static.controller.js';
import { StoredFilesCleaner } from './stored-files-cleaner.js';
import { SwarmController } from './swarm.controller.js';
import { TorrentAccess } from './torrent-access.service.js';
import { TorrentBuilder } from './torrent-builder.service.js';
import { TorrentHooks } from './torrent-hooks.service.js';
import { TrackerController } from './tracker.controller.js';
import { TrackerGateway } from './tracker.gateway.js';
import { VideoHashes } from './video-hashes.js';
import { WebSeedService } from './web-seed.service.js';

/** Torrents, tracker and WebSeed of this instance's videos. Global: it answers the port `SwarmCounts` of videos/. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([VideoFileEntity])],
  controllers: [TrackerController, FilesController, LazyStaticController, SwarmController],
  providers: [
    VideoHashes,
    TrackerGateway,
    { provide: SwarmCounts, useExisting: TrackerGateway },
    FileAccess,
    TorrentAccess,
    TorrentBuilder,
    TorrentHooks,
    WebSeedService,
    StoredFilesCleaner,
  ],
  exports: [SwarmCounts, TorrentBuilder, WebSeedService],
})
export class TorrentsModule {}
