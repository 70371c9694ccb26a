import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { timingSafeEqual } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { PasswordsService } from '../auth/passwords.service.js';
import { hashToken, randomToken } from '../auth/secrets.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { Config } from '../config/config.js';
import { SettingsService } from '../instance/settings.service.js';
import { ForbiddenError } from '../shared/domain-error.js';
import type { SetUpRequest } from './dto/set-up.js';
import { UserCreator } from './user-creator.service.js';
import { UserEntity, UserRole } from './user.entity.js';

const LINK = 'users.set-up-link';
const ADMINISTRATOR = 'root';

interface PendingLink {
  tokenHash: string;
  expiresAt: number;
}

/**
 * Makes the administrator on the first start. Without a configured password it prints a one-time link, a new one at each
 * start until it was used; there is never a default password.
 */
@Injectable()
export class SetUpService implements OnApplicationBootstrap {
  private readonly logger = new Logger('SetUp');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly settings: SettingsService,
    private readonly creator: UserCreator,
    private readonly passwords: PasswordsService,
    private readonly actors: LocalActors,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.includes('web')) return;
    const administrator = await this.ensureAdministrator();
    if (administrator.passwordHash === null) await this.printLink();
  }

  /** Whether a link is good, and the name the administrator has so far. */
  async look(token: string): Promise<{ valid: boolean; username: string }> {
    const valid = await this.isValid(token, this.dataSource.manager);
    return { valid, username: valid ? (await this.administrator(this.dataSource.manager))!.username : '' };
  }

  /** Uses the link, once. @throws ForbiddenError when it is wrong, used or too old. */
  async complete({ token, username, password, email }: SetUpRequest): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.dataSource.transaction(async (manager) => {
      const administrator = await this.administrator(manager);
      if (!administrator || !(await this.isValid(token, manager))) {
        throw new ForbiddenError(
          'This set-up link is not valid any more. Restart the server for a new one.',
          'invalid_setup_link',
        );
      }
      // Of two parallel uses only one finds the user without a password.
      const { affected } = await manager
        .createQueryBuilder()
        .update(UserEntity)
        .set({
          passwordHash,
          username: username ?? administrator.username,
          email: email ?? administrator.email,
        })
        .where('id = :id AND passwordHash IS NULL', { id: administrator.id })
        .execute();
      if (affected !== 1)
        throw new ForbiddenError('This set-up link was used already.', 'invalid_setup_link');
      if (username && username !== administrator.username)
        await this.rename(manager, administrator, username);
      await this.settings.remove(LINK, manager);
    });
  }

  private async ensureAdministrator(): Promise<UserEntity> {
    const { password, email } = this.config.admin;
    const { videoQuota, videoQuotaDaily } = this.config.users;
    const passwordHash = password ? await this.passwords.hash(password) : null;
    const present = await this.administrator(this.dataSource.manager);
    const keys = present ? null : await this.creator.newKeys();
    return this.dataSource.transaction(async (manager) => {
      const known = await this.administrator(manager);
      const user = {
        username: ADMINISTRATOR,
        email,
        passwordHash,
        role: UserRole.Administrator,
        videoQuota,
        videoQuotaDaily,
      };
      if (!known) return this.creator.create(manager, user, keys!);
      if (known.passwordHash !== null || passwordHash === null) return known;
      // A password that is configured before the link was used takes its place.
      return manager.save(Object.assign(known, { passwordHash }));
    });
  }

  private administrator(manager: EntityManager): Promise<UserEntity | null> {
    return manager.findOne(UserEntity, { where: { role: UserRole.Administrator }, order: { id: 'ASC' } });
  }

  private async printLink(): Promise<void> {
    const token = randomToken();
    const lifetime = this.config.admin.setupLinkLifetime;
    await this.settings.set(LINK, {
      tokenHash: hashToken(token),
      expiresAt: Date.now() + lifetime * 1000,
    } satisfies PendingLink);
    // Not through the logger: the link must be seen at every log level, and must not reach collected JSON logs.
    process.stdout.write(
      `\n   Set up     ${this.config.url}/setup?token=${token}   (valid once, ${Math.round(lifetime / 60)} min)\n\n`,
    );
    this.logger.log('the administrator has no password yet; a set-up link was printed');
  }

  private async isValid(token: string, manager: EntityManager): Promise<boolean> {
    const link = await this.settings.get<PendingLink>(LINK, manager);
    if (!link || link.expiresAt < Date.now()) return false;
    return timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(link.tokenHash));
  }

  /** Nobody was told the old name yet: the account's and the channel's addresses follow the new one. */
  private async rename(manager: EntityManager, user: UserEntity, username: string): Promise<void> {
    const account = await manager.findOneByOrFail(AccountEntity, { userId: user.id });
    await manager.update(AccountEntity, { id: account.id }, { name: username, displayName: username });
    await this.actors.rename(manager, account.actorId!, 'account', username);
    const channel = await manager.findOneBy(ChannelEntity, {
      accountId: account.id,
      name: `${user.username}_channel`,
    });
    if (!channel) return;
    const [name, displayName] = [`${username}_channel`, `Main ${username} channel`];
    await manager.update(ChannelEntity, { id: channel.id }, { name, displayName });
    await this.actors.rename(manager, channel.actorId!, 'channel', name);
  }
}
