import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { FeedOwners } from './feed-owners.service.js';
import { FeedsController } from './feeds.controller.js';
import { FeedsService } from './feeds.service.js';

/** RSS, Atom and JSON feeds of videos. */
@Module({
  imports: [TypeOrmModule.forFeature([AccountEntity, ChannelEntity, VideoFileEntity])],
  controllers: [FeedsController],
  providers: [FeedsService, FeedOwners],
})
export class FeedsModule {}
