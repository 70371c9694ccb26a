import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CrawledItems } from '../following/crawled-items.js';
import { VideoEntity } from '../videos/video.entity.js';
import { AnnounceHandler } from './announce.handler.js';
import { CreateVideoHandler } from './create-video.handler.js';
import { CrawledVideos } from './crawled-videos.js';
import { DeleteVideoHandler } from './delete-video.handler.js';
import { RefreshJob } from './refresh.job.js';
import { RemoteImagesController } from './remote-images.controller.js';
import { RemoteImages } from './remote-images.service.js';
import { RemoteSearch } from './remote-search.service.js';
import { RemoteVideoStore } from './remote-video-store.js';
import { RemoteVideos } from './remote-videos.service.js';
import { UndoAnnounceHandler } from './undo-announce.handler.js';
import { UpdateVideoHandler } from './update-video.handler.js';
import { VideoFetcher } from './video-fetcher.js';
import { VideoShares } from './video-shares.service.js';
import { VideosByUrl } from './videos-by-url.js';
import { ViewHandler } from './view.handler.js';

/** Videos of other instances: how they come here, stay as their instance says, and go. Global: lists and search ask for them. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([VideoEntity])],
  controllers: [RemoteImagesController],
  providers: [
    RemoteVideos,
    RemoteVideoStore,
    VideoFetcher,
    VideoShares,
    VideosByUrl,
    RefreshJob,
    RemoteImages,
    RemoteSearch,
    { provide: CrawledItems, useClass: CrawledVideos },
    AnnounceHandler,
    UndoAnnounceHandler,
    CreateVideoHandler,
    UpdateVideoHandler,
    DeleteVideoHandler,
    ViewHandler,
  ],
  exports: [RemoteVideos, RemoteVideoStore, VideosByUrl, RemoteSearch, CrawledItems],
})
export class RemoteVideosModule {}
