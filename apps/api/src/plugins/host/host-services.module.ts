import { Module } from '@nestjs/common';
import { PluginHttp, VideoReader } from '@vidiverse/hooks';
import { FollowingModule } from '../../following/following.module.js';
import { VideosModule } from '../../videos/videos.module.js';
import { ActivePlugins } from '../active-plugins.js';
import { GuardedPluginHttp } from './guarded-plugin-http.js';
import { PublicVideoReader } from './public-video-reader.js';

/** What every plugin may have injected, the same for all. */
@Module({
  imports: [VideosModule, FollowingModule],
  providers: [
    ActivePlugins,
    { provide: VideoReader, useClass: PublicVideoReader },
    { provide: PluginHttp, useClass: GuardedPluginHttp },
  ],
  exports: [ActivePlugins, VideoReader, PluginHttp, FollowingModule],
})
export class HostServicesModule {}
