import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChannelEntity } from '../channels/channel.entity.js';
import { AccountEntity } from './account.entity.js';
import { AccountsController } from './accounts.controller.js';

/** The public faces of users. */
@Module({
  imports: [TypeOrmModule.forFeature([AccountEntity, ChannelEntity])],
  controllers: [AccountsController],
})
export class AccountsModule {}
