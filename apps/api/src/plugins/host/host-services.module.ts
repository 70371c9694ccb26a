import { Module } from '@nestjs/common';
import { VideoReader } from '@vidiverse/hooks';
import { VideosModule } from '../../videos/videos.module.js';
import { ActivePlugins } from '../active-plugins.js';
import { PublicVideoReader } from './public-video-reader.js';

/** What every plugin may have injected, the same for all. */
@Module({
  imports: [VideosModule],
  providers: [ActivePlugins, { provide: VideoReader, useClass: PublicVideoReader }],
  exports: [ActivePlugins, VideoReader],
})
export class HostServicesModule {}
