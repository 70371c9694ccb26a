import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { SeedLists } from '../seeds/seed-lists.service.js';
import { AbsentPartsController } from './absent-parts.controller.js';
import { AbsentPlaylistsController } from './absent-playlists.controller.js';
import { FileMetadataController } from './file-metadata.controller.js';
import { FileTokens } from './file-tokens.service.js';
import { OverviewService } from './overview.service.js';
import { VideoConstantsController } from './video-constants.controller.js';
import { VideoCreator } from './video-creator.service.js';
import { VideoEvents } from './video-events.js';
import { VideoFactTeller } from './video-fact-teller.js';
import { VideoHooks } from './video-hooks.service.js';
import { VideoFileEntity } from './video-file.entity.js';
import { VideoFileMapper } from './video-file.mapper.js';
import { VideoListService } from './video-list.service.js';
import { VideoListsController } from './video-lists.controller.js';
import { VideoPages } from './video-pages.service.js';
import { VideoViewsEntity } from './video-views.entity.js';
import { VideoEntity } from './video.entity.js';
import { VideoMapper } from './video.mapper.js';
import { VideoObjectMapper } from './video-object.mapper.js';
import { VideosController } from './videos.controller.js';
import { VideosService } from './videos.service.js';
import { ViewsService } from './views.service.js';

/**
 * Videos: rows, visibility, lists and their REST routes. Global, since most features speak of videos; it asks two ports,
 * `SwarmCounts` (torrents/) and `VideoImages` (media/), and knows neither feature.
 */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([VideoEntity, VideoFileEntity, VideoViewsEntity, ChannelEntity, AccountEntity]),
  ],
  controllers: [
    VideosController,
    VideoListsController,
    VideoConstantsController,
    FileMetadataController,
    AbsentPartsController,
    AbsentPlaylistsController,
  ],
  providers: [
    VideosService,
    VideoListService,
    VideoPages,
    VideoHooks,
    VideoFactTeller,
    OverviewService,
    VideoCreator,
    VideoEvents,
    VideoMapper,
    VideoFileMapper,
    VideoObjectMapper,
    ViewsService,
    FileTokens,
    SeedLists,
  ],
  exports: [
    VideosService,
    VideoListService,
    VideoHooks,
    VideoCreator,
    VideoEvents,
    VideoMapper,
    VideoFileMapper,
    VideoObjectMapper,
    ViewsService,
    FileTokens,
    SeedLists,
  ],
})
export class VideosModule {}
