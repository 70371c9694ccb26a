import { Module } from '@nestjs/common';
import { Deliveries } from './deliveries.js';
import { EventListener } from './event-listener.js';
import { FeedLinks } from './feeds/feed-links.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { VideoFeeds } from './feeds/video-feeds.js';
import { Undelivered } from './undelivered.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  controllers: [WebhooksController, FeedsController],
  providers: [EventListener, Deliveries, Undelivered, VideoFeeds, FeedLinks],
})
export class WebhooksModule {}
