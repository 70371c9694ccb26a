import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { MeController } from './me.controller.js';
import { QuotaService } from './quota.service.js';
import { SetUpController } from './set-up.controller.js';
import { SetUpService } from './set-up.service.js';
import { UserCreator } from './user-creator.service.js';
import { UserEntity } from './user.entity.js';
import { UserMapper } from './user.mapper.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

/** People who can log in, the first of them set up by a one-time link. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([UserEntity, AccountEntity, ChannelEntity])],
  // `users/me` must come before `users/:id`.
  controllers: [MeController, SetUpController, UsersController],
  providers: [UsersService, UserCreator, UserMapper, QuotaService, SetUpService],
  exports: [QuotaService, UserCreator],
})
export class UsersModule {}
