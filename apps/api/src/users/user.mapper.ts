import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { accountView } from '../accounts/account.mapper.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { channelView } from '../channels/channel.mapper.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import type { UserView } from './dto/user-view.js';
import type { UserEntity } from './user.entity.js';

const ROLES = ['Administrator', 'Moderator', 'User'];

/** PeerTube's JSON of a user, with account and channels. */
@Injectable()
export class UserMapper {
  constructor(
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    @InjectRepository(ChannelEntity) private readonly channels: Repository<ChannelEntity>,
    private readonly people: KnownPeopleService,
  ) {}

  async view(user: UserEntity): Promise<UserView> {
    const account = await this.accounts.findOneByOrFail({ userId: user.id });
    const channels = await this.channels.find({ where: { accountId: account.id }, order: { id: 'ASC' } });
    const known = await this.people.of([account, ...channels]);
    return {
      id: user.id,
      username: user.username,
      email: user.email,
      emailVerified: true,
      role: { id: user.role, label: ROLES[user.role]! },
      videoQuota: user.videoQuota,
      videoQuotaDaily: user.videoQuotaDaily,
      blocked: user.blocked,
      blockedReason: null,
      p2pEnabled: user.p2pEnabled,
      nsfwPolicy: 'display',
      autoPlayVideo: true,
      videosHistoryEnabled: false,
      theme: 'instance-default',
      twoFactorEnabled: false,
      createdAt: user.createdAt.toISOString(),
      account: accountView(account, known),
      videoChannels: channels.map((channel) => channelView(channel, known)),
    };
  }
}
