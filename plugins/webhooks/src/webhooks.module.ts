import { Module } from '@nestjs/common';
import { Deliveries } from './deliveries.js';
import { EventListener } from './event-listener.js';
import { EventFeed } from './feeds/event-feed.js';
import { EventLog } from './feeds/event-log.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { Undelivered } from './undelivered.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  controllers: [WebhooksController, FeedsController],
  providers: [EventListener, Deliveries, Undelivered, EventLog, EventFeed],
})
export class WebhooksModule {}
