import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { HooksModule } from '@vidiverse/hooks';
import { AccountsModule } from './accounts/accounts.module.js';
import type { NewKeyPair } from './actors/actor-keys.js';
import { ActorsModule } from './actors/actors.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CachingModule } from './caching/caching.module.js';
import { ChannelsModule } from './channels/channels.module.js';
import { CommentsModule } from './comments/comments.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { FederationModule } from './federation/federation.module.js';
import { FollowingModule } from './following/following.module.js';
import { ResponseCacheModule } from './http/response-cache/response-cache.module.js';
import { InstanceModule } from './instance/instance.module.js';
import { SettingsModule } from './instance/settings.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MediaModule } from './media/media.module.js';
import { ModerationModule } from './moderation/moderation.module.js';
import { hookOptions } from './plugins/hook-options.js';
import { PluginSet } from './plugins/loading/plugin-set.js';
import { PluginsModule } from './plugins/plugins.module.js';
import { RatesModule } from './rates/rates.module.js';
import { RemoteVideosModule } from './remote-videos/remote-videos.module.js';
import { SeedsModule } from './seeds/seeds.module.js';
import { StorageModule } from './storage/storage.module.js';
import { TorrentsModule } from './torrents/torrents.module.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { UsersModule } from './users/users.module.js';
import { VideosModule } from './videos/videos.module.js';
import { WebModule } from './web/web.module.js';

/** What may be brought from outside in place of its own. */
export interface AppParts {
  /** Where the keys of new actors come from. */
  newKeyPair?: NewKeyPair;
  /** Plugins that were loaded before. */
  plugins?: PluginSet;
  /** What `vidiverse plugin dev` adds. */
  development?: Type;
}

/** The table of contents. */
@Module({})
export class AppModule {
  static with(config: Config, parts: AppParts = {}): DynamicModule {
    const { newKeyPair, plugins = new PluginSet(), development } = parts;
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        HooksModule.with(hookOptions(config)),
        DatabaseModule.connect(plugins.entities),
        ResponseCacheModule,
        StorageModule,
        SettingsModule,
        JobsModule,
        ActorsModule.with(newKeyPair),
        AuthModule,
        UsersModule,
        AccountsModule,
        ChannelsModule,
        VideosModule,
        UploadsModule,
        MediaModule,
        TorrentsModule,
        FederationModule,
        RemoteVideosModule,
        FollowingModule,
        CommentsModule,
        RatesModule,
        SeedsModule,
        CachingModule,
        ModerationModule,
        InstanceModule,
        FeedsModule,
        WebModule,
        PluginsModule.with(plugins, AppModule),
        ...(development ? [development] : []),
      ],
    };
  }
}
