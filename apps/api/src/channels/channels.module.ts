import { Module } from '@nestjs/common';
import { ChannelSearchController } from './channel-search.controller.js';
import { ChannelsController } from './channels.controller.js';
import { ChannelsService } from './channels.service.js';

/** Where videos are published. */
@Module({ controllers: [ChannelsController, ChannelSearchController], providers: [ChannelsService] })
export class ChannelsModule {}
