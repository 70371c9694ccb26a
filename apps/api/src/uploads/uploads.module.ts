import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MediaModule } from '../media/media.module.js';
import { UsersModule } from '../users/users.module.js';
import { VideoEntity } from '../videos/video.entity.js';
import { VideosModule } from '../videos/videos.module.js';
import { FormUploads } from './form-uploads.service.js';
import { IncomingBodies } from './incoming-bodies.js';
import { ResumableUploadsController } from './resumable-uploads.controller.js';
import { ResumableUploads } from './resumable-uploads.service.js';
import { SessionFiles } from './session-files.js';
import { SessionTurns } from './session-turns.js';
import { UploadAcceptance } from './upload-acceptance.js';
import { UploadBodies } from './upload-bodies.js';
import { UploadHooks } from './upload-hooks.service.js';
import { UploadImages } from './upload-images.service.js';
import { UploadSessionEntity } from './upload-session.entity.js';
import { UploadSessions } from './upload-sessions.service.js';
import { UploadSweeper } from './upload-sweeper.js';
import { UploadsController } from './uploads.controller.js';

/** How files come in: one form, or a session that survives lost connections and restarts. Both end in `UploadAcceptance`. */
@Module({
  imports: [
    TypeOrmModule.forFeature([UploadSessionEntity, VideoEntity]),
    MediaModule,
    UsersModule,
    VideosModule,
  ],
  controllers: [UploadsController, ResumableUploadsController],
  providers: [
    FormUploads,
    IncomingBodies,
    ResumableUploads,
    SessionFiles,
    SessionTurns,
    UploadAcceptance,
    UploadHooks,
    UploadBodies,
    UploadImages,
    UploadSessions,
    UploadSweeper,
  ],
})
export class UploadsModule {}
