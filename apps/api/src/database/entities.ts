import { AccountEntity } from '../accounts/account.entity.js';
import { ActorEntity } from '../actors/actor.entity.js';
import { OAuthClientEntity } from '../auth/oauth-client.entity.js';
import { OAuthTokenEntity } from '../auth/oauth-token.entity.js';
import { CachedFileEntity } from '../caching/cached-file.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { CommentEntity } from '../comments/comment.entity.js';
import { DeliveryHostEntity } from '../federation/delivery-host.entity.js';
import { DeliveryEntity } from '../federation/delivery.entity.js';
import { InboxActivityEntity } from '../federation/inbox-activity.entity.js';
import { OutboxActivityEntity } from '../federation/outbox-activity.entity.js';
import { TombstoneEntity } from '../federation/tombstone.entity.js';
import { FollowBackExclusionEntity } from '../following/follow-back-exclusion.entity.js';
import { FollowTargetEntity } from '../following/follow-target.entity.js';
import { FollowEntity } from '../following/follow.entity.js';
import { OutboxCrawlEntity } from '../following/outbox-crawl.entity.js';
import { PolicyVerdictEntity } from '../following/policy-verdict.entity.js';
import { SettingEntity } from '../instance/setting.entity.js';
import { JobEntity } from '../jobs/job.entity.js';
import { ProcessingStageEntity } from '../media/processing-stage.entity.js';
import { AbuseEntity } from '../moderation/abuse.entity.js';
import { AccountBlockEntity } from '../moderation/account-block.entity.js';
import { ServerBlockEntity } from '../moderation/server-block.entity.js';
import { VideoRateEntity } from '../rates/video-rate.entity.js';
import { WebSeedEntity } from '../seeds/web-seed.entity.js';
import { UploadSessionEntity } from '../uploads/upload-session.entity.js';
import { PluginInstallationEntity } from '../plugins/plugin-installation.entity.js';
import { PluginValueEntity } from '../plugins/plugin-value.entity.js';
import { PluginEntity } from '../plugins/plugin.entity.js';
import { UserEntity } from '../users/user.entity.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoShareEntity } from '../videos/video-share.entity.js';
import { VideoViewsEntity } from '../videos/video-views.entity.js';
import { VideoEntity } from '../videos/video.entity.js';

/** Every table of the core. */
export const entities = [
  UserEntity,
  ActorEntity,
  AccountEntity,
  ChannelEntity,
  OAuthClientEntity,
  OAuthTokenEntity,
  SettingEntity,
  VideoEntity,
  VideoFileEntity,
  VideoViewsEntity,
  VideoShareEntity,
  CachedFileEntity,
  WebSeedEntity,
  ProcessingStageEntity,
  UploadSessionEntity,
  JobEntity,
  FollowEntity,
  FollowTargetEntity,
  OutboxCrawlEntity,
  PolicyVerdictEntity,
  FollowBackExclusionEntity,
  OutboxActivityEntity,
  DeliveryEntity,
  DeliveryHostEntity,
  InboxActivityEntity,
  TombstoneEntity,
  CommentEntity,
  VideoRateEntity,
  AbuseEntity,
  AccountBlockEntity,
  ServerBlockEntity,
  PluginEntity,
  PluginValueEntity,
  PluginInstallationEntity,
];
