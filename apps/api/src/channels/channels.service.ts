import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ActorKeySource } from '../actors/actor-keys.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { Config } from '../config/config.js';
import { like } from '../database/like.js';
import { lockedForUpdate } from '../database/locked-for-update.js';
import { ActorTeller } from '../federation/actor-teller.service.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../shared/domain-error.js';
import { handleParts } from '../shared/handle.js';
import type { Page, PageQuery } from '../shared/page.js';
import { type UserEntity, UserRole } from '../users/user.entity.js';
import { VideoEntity } from '../videos/video.entity.js';
import { ChannelEntity } from './channel.entity.js';
import type { ChannelCreation, ChannelUpdate } from './dto/channel-requests.js';

/** Channels and who may change them. */
@Injectable()
export class ChannelsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly actors: LocalActors,
    private readonly teller: ActorTeller,
    private readonly keys: ActorKeySource,
  ) {}

  /** Those of this instance. */
  async list({ start, count }: PageQuery): Promise<Page<ChannelEntity>> {
    const [data, total] = await this.dataSource.manager.findAndCount(ChannelEntity, {
      where: { host: '' },
      relations: { account: true },
      order: { id: 'ASC' },
      skip: start,
      take: count,
    });
    return { total, data };
  }

  /** Channels whose name or display name contains `text`. */
  async search(text: string, { start, count }: PageQuery): Promise<Page<ChannelEntity>> {
    const [condition, parameters] = like('LOWER(channel.displayName)', 'text', text.toLowerCase());
    const [data, total] = await this.dataSource.manager
      .createQueryBuilder(ChannelEntity, 'channel')
      .innerJoinAndSelect('channel.account', 'account')
      .leftJoinAndSelect('channel.actor', 'channelActor')
      .leftJoinAndSelect('account.actor', 'accountActor')
      .where(condition, parameters)
      .orWhere(...like('channel.name', 'text', text.toLowerCase()))
      .orderBy('channel.id', 'ASC')
      .offset(start)
      .limit(count)
      .getManyAndCount();
    return { total, data };
  }

  async find(handle: string): Promise<ChannelEntity> {
    const channel = await this.dataSource.manager.findOne(ChannelEntity, {
      where: handleParts(handle, this.config),
      relations: { actor: true, account: { actor: true } },
    });
    if (!channel) throw new NotFoundError('Channel');
    return channel;
  }

  async create(user: UserEntity, fields: ChannelCreation): Promise<ChannelEntity> {
    const keys = await this.keys.next();
    return this.dataSource.transaction(async (manager) => {
      // Locked, so that channels made at once are counted one after the other.
      const account = await lockedForUpdate(manager, AccountEntity, { userId: user.id });
      const { maxChannels } = this.config.users;
      if ((await manager.countBy(ChannelEntity, { accountId: account.id })) >= maxChannels)
        throw new ForbiddenError(`An account has at most ${maxChannels} channels.`, 'max_channels_reached');
      if (await this.actors.isTaken(manager, fields.name))
        throw new ConflictError('This name is taken.', 'channel_exists');
      const { id: actorId } = await this.actors.create(manager, {
        kind: 'channel',
        username: fields.name,
        keys,
      });
      return manager.save(
        manager.create(ChannelEntity, { ...fields, host: '', accountId: account.id, actorId }),
      );
    });
  }

  async update(user: UserEntity, handle: string, changes: ChannelUpdate): Promise<void> {
    const channel = await this.findOwn(user, handle);
    await this.dataSource.transaction(async (manager) => {
      await manager.save(Object.assign(channel, changes));
      await this.teller.changed(manager, channel.actorId!);
    });
  }

  /** @throws ConflictError while it has videos: they would lose their files with it. */
  async remove(user: UserEntity, handle: string): Promise<void> {
    const channel = await this.findOwn(user, handle);
    await this.dataSource.transaction(async (manager) => {
      if (await manager.existsBy(VideoEntity, { channelId: channel.id })) {
        throw new ConflictError('Delete or move its videos first.', 'channel_has_videos');
      }
      if ((await manager.countBy(ChannelEntity, { accountId: channel.accountId })) <= 1) {
        throw new ConflictError('The last channel of an account stays.', 'last_channel');
      }
      await this.teller.removed(manager, channel.actorId!);
      await manager.delete(ChannelEntity, { id: channel.id });
    });
  }

  private async findOwn(user: UserEntity, handle: string): Promise<ChannelEntity> {
    const channel = await this.find(handle);
    if (channel.host !== '') throw new ForbiddenError('This channel is of another instance.');
    if (channel.account!.userId !== user.id && user.role === UserRole.User)
      throw new ForbiddenError('This is none of your channels.');
    return channel;
  }
}
