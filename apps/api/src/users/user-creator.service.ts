import { Injectable } from '@nestjs/common';
import { HookRegistry, userRegistered } from '@vidiverse/hooks';
import type { EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { type ActorKeys, ActorKeySource } from '../actors/actor-keys.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { afterCommit } from '../database/after-commit.js';
import { ConflictError } from '../shared/domain-error.js';
import { UserEntity, type UserRole } from './user.entity.js';
import { viewer } from './viewer.js';

export interface NewUser {
  username: string;
  email: string;
  /** Null: the user sets a password later. */
  passwordHash: string | null;
  role: UserRole;
  videoQuota: number;
  videoQuotaDaily: number;
}

/** The keys of a new user's account and channel. */
export interface NewUserKeys {
  account: ActorKeys;
  channel: ActorKeys;
}

/** Makes a user with an account and a default channel, each with its actor. */
@Injectable()
export class UserCreator {
  constructor(
    private readonly actors: LocalActors,
    private readonly keys: ActorKeySource,
    private readonly registry: HookRegistry,
  ) {}

  /** To be made before the transaction that `create` runs in: keys take a moment. */
  async newKeys(): Promise<NewUserKeys> {
    const [account, channel] = await Promise.all([this.keys.next(), this.keys.next()]);
    return { account, channel };
  }

  /** @throws ConflictError when the name, the channel's name or the e-mail address is or was taken. */
  async create(manager: EntityManager, user: NewUser, keys: NewUserKeys): Promise<UserEntity> {
    const channelName = `${user.username}_channel`;
    const taken =
      (await manager.existsBy(UserEntity, [{ username: user.username }, { email: user.email }])) ||
      (await this.actors.isTaken(manager, user.username)) ||
      (await this.actors.isTaken(manager, channelName));
    if (taken) throw new ConflictError('This name or e-mail address is taken.', 'user_exists');
    const created = await manager.save(
      manager.create(UserEntity, { ...user, blocked: false, p2pEnabled: true }),
    );
    const person = await this.actors.create(manager, {
      kind: 'account',
      username: user.username,
      keys: keys.account,
    });
    const account = await manager.save(
      manager.create(AccountEntity, {
        name: user.username,
        host: '',
        actorId: person.id,
        displayName: user.username,
        description: null,
        userId: created.id,
      }),
    );
    const group = await this.actors.create(manager, {
      kind: 'channel',
      username: channelName,
      keys: keys.channel,
    });
    await manager.save(
      manager.create(ChannelEntity, {
        name: channelName,
        host: '',
        actorId: group.id,
        displayName: `Main ${user.username} channel`,
        description: null,
        support: null,
        accountId: account.id,
      }),
    );
    afterCommit(manager, () => this.registry.emit(userRegistered, viewer(created)));
    return created;
  }
}
