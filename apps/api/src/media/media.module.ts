import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MediaAbilities } from '../instance/media-abilities.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoImages } from '../videos/video-images.js';
import { VideoEntity } from '../videos/video.entity.js';
import { CrashWatch } from './crash-watch.service.js';
import { DeletedVideoStopper } from './deleted-video-stopper.js';
import { FfmpegRunner } from './ffmpeg-runner.service.js';
import { FfmpegTools } from './ffmpeg-tools.service.js';
import { FileMaker } from './file-maker.service.js';
import { FrameGrabber } from './frame-grabber.service.js';
import { MediaInspector } from './media-inspector.js';
import { OrphanSweeper } from './orphan-sweeper.service.js';
import { ProcessingStageEntity } from './processing-stage.entity.js';
import { ProcessingController } from './processing.controller.js';
import { ProcessingJobs } from './processing.jobs.js';
import { ProcessingService } from './processing.service.js';
import { SampleVideoService } from './sample-video.service.js';
import { StagesService } from './stages.service.js';
import { ThumbnailService } from './thumbnail.service.js';
import { TranscodingProfiles } from './transcoding-profiles.service.js';
import { VideoFilesService } from './video-files.service.js';
import { VideoProcessor } from './video-processor.service.js';
import { VideoPublisher } from './video-publisher.service.js';

/** What happens to a file between upload and publication. Global: it answers ports of videos/ and instance/. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([VideoEntity, VideoFileEntity, ProcessingStageEntity])],
  controllers: [ProcessingController],
  providers: [
    FfmpegTools,
    FfmpegRunner,
    MediaInspector,
    ThumbnailService,
    StagesService,
    VideoFilesService,
    FileMaker,
    TranscodingProfiles,
    FrameGrabber,
    VideoPublisher,
    VideoProcessor,
    ProcessingJobs,
    CrashWatch,
    DeletedVideoStopper,
    OrphanSweeper,
    ProcessingService,
    SampleVideoService,
    { provide: MediaAbilities, useExisting: FfmpegTools },
    { provide: VideoImages, useExisting: ThumbnailService },
  ],
  exports: [MediaInspector, MediaAbilities, VideoImages],
})
export class MediaModule {}
