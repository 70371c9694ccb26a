import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { FindOptionsWhere, Repository } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { Config } from '../config/config.js';
import { NotFoundError } from '../shared/domain-error.js';
import { handleParts } from '../shared/handle.js';
import type { ListScope } from '../videos/video-list.service.js';
import type { FeedQuery } from './dto/feed-query.js';

/** Whose feed it is. */
export interface FeedOwner {
  kind: 'account' | 'channel';
  scope: ListScope;
  /** `name@host` */
  handle: string;
  displayName: string;
  description: string | null;
  /** Its page on this instance. */
  path: string;
}

/** Finds the account or channel that a feed is asked for. */
@Injectable()
export class FeedOwners {
  constructor(
    private readonly config: Config,
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    @InjectRepository(ChannelEntity) private readonly channels: Repository<ChannelEntity>,
  ) {}

  /** null: the feed of the instance. @throws NotFoundError */
  async find(query: FeedQuery): Promise<FeedOwner | null> {
    const account = this.named(query.accountId, query.accountName);
    if (account) return this.owner('account', await this.accounts.findOneBy(account));
    const channel = this.named(query.videoChannelId, query.videoChannelName);
    return channel ? this.owner('channel', await this.channels.findOneBy(channel)) : null;
  }

  private named(
    id: number | undefined,
    name: string | undefined,
  ): FindOptionsWhere<AccountEntity & ChannelEntity> | null {
    if (id !== undefined) return { id };
    return name === undefined ? null : handleParts(name, this.config);
  }

  private owner(kind: FeedOwner['kind'], found: AccountEntity | ChannelEntity | null): FeedOwner {
    if (!found) throw new NotFoundError(kind === 'account' ? 'Account' : 'Channel');
    const { id, name, displayName, description } = found;
    const handle = `${name}@${found.host || new URL(this.config.url).host}`;
    const scope = kind === 'account' ? { accountId: id } : { channelId: id };
    const path = `/${kind === 'account' ? 'a' : 'c'}/${found.host ? handle : name}`;
    return { kind, scope, handle, displayName, description, path };
  }
}
