import { Module } from '@nestjs/common';
import { InstanceInfo, PluginHttp, VideoReader } from '@vidiverse/hooks';
import { FollowingModule } from '../../following/following.module.js';
import { VideosModule } from '../../videos/videos.module.js';
import { ActivePlugins } from '../active-plugins.js';
import { ConfiguredInstanceInfo } from './configured-instance-info.js';
import { GuardedPluginHttp } from './guarded-plugin-http.js';
import { PublicVideoReader } from './public-video-reader.js';

/** What every plugin may have injected, the same for all. */
@Module({
  imports: [VideosModule, FollowingModule],
  providers: [
    ActivePlugins,
    { provide: InstanceInfo, useClass: ConfiguredInstanceInfo },
    { provide: VideoReader, useClass: PublicVideoReader },
    { provide: PluginHttp, useClass: GuardedPluginHttp },
  ],
  exports: [ActivePlugins, InstanceInfo, VideoReader, PluginHttp, FollowingModule],
})
export class HostServicesModule {}
