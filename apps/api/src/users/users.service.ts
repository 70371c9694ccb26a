import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { HookRegistry, userRegistering } from '@vidiverse/hooks';
import { type DataSource, type EntityManager, Not } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { PasswordsService } from '../auth/passwords.service.js';
import { TokensService } from '../auth/tokens.service.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { forgetComments } from '../comments/forget-comments.js';
import { videosSpokenOf } from '../comments/videos-spoken-of.js';
import { Config } from '../config/config.js';
import { ActorTeller } from '../federation/actor-teller.service.js';
import { forgetRates } from '../rates/forget-rates.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../shared/domain-error.js';
import type { Page, PageQuery } from '../shared/page.js';
import { assertAllowed } from '../shared/plugin-refusal.js';
import { VideosService } from '../videos/videos.service.js';
import type { MeUpdate, UserCreation, UserUpdate } from './dto/user-requests.js';
import { UserCreator } from './user-creator.service.js';
import { UserEntity, UserRole } from './user.entity.js';
import { roleName, viewer } from './viewer.js';

/** Users as they change themselves and as administrators keep them. */
@Injectable()
export class UsersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly creator: UserCreator,
    private readonly passwords: PasswordsService,
    private readonly tokens: TokensService,
    private readonly videos: VideosService,
    private readonly teller: ActorTeller,
    private readonly registry: HookRegistry,
  ) {}

  async updateMe(user: UserEntity, changes: MeUpdate): Promise<void> {
    const { currentPassword, password, email, displayName, description, p2pEnabled } = changes;
    if (password !== undefined || (email !== undefined && email !== user.email)) {
      const proven = await this.passwords.matches(user.passwordHash, currentPassword ?? '');
      if (!proven)
        throw new InvalidInputError([{ field: 'currentPassword', reason: 'is not your password' }]);
    }
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    await this.dataSource.transaction(async (manager) => {
      if (email !== undefined) await assertFreeEmail(manager, email, user.id);
      await manager.save(Object.assign(user, defined({ passwordHash, email, p2pEnabled })));
      const account = await manager.findOneByOrFail(AccountEntity, { userId: user.id });
      await manager.save(Object.assign(account, defined({ displayName, description })));
      if (displayName !== undefined || description !== undefined)
        await this.teller.changed(manager, account.actorId!);
    });
    if (passwordHash) await this.tokens.revokeAllOf(user.id);
  }

  async list({ start, count }: PageQuery): Promise<Page<UserEntity>> {
    const [data, total] = await this.dataSource.manager.findAndCount(UserEntity, {
      order: { id: 'ASC' },
      skip: start,
      take: count,
    });
    return { total, data };
  }

  async find(id: number): Promise<UserEntity> {
    const user = await this.dataSource.manager.findOneBy(UserEntity, { id });
    if (!user) throw new NotFoundError('User');
    return user;
  }

  /** @throws PluginRefusalError, ConflictError */
  async create({ password, ...fields }: UserCreation, createdBy: UserEntity): Promise<UserEntity> {
    const { username, email } = fields;
    const subject = { username, email, role: roleName(fields.role), createdBy: viewer(createdBy) };
    assertAllowed(await this.registry.guard(userRegistering, subject));
    const [passwordHash, keys] = await Promise.all([this.passwords.hash(password), this.creator.newKeys()]);
    const quotas = {
      videoQuota: this.config.users.videoQuota,
      videoQuotaDaily: this.config.users.videoQuotaDaily,
    };
    return this.dataSource.transaction((manager) =>
      this.creator.create(manager, { ...quotas, ...(defined(fields) as typeof fields), passwordHash }, keys),
    );
  }

  async update(id: number, { password, ...fields }: UserUpdate): Promise<void> {
    const user = await this.find(id);
    if (fields.email !== undefined) await assertFreeEmail(this.dataSource.manager, fields.email, id);
    if (fields.role !== undefined && fields.role !== UserRole.Administrator)
      await this.assertNotLastAdministrator(user);
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    await this.dataSource.manager.save(Object.assign(user, defined({ ...fields, passwordHash })));
    if (passwordHash) await this.tokens.revokeAllOf(id);
  }

  async setBlocked(id: number, blocked: boolean): Promise<void> {
    const user = await this.find(id);
    if (blocked) await this.assertNotLastAdministrator(user);
    await this.dataSource.manager.save(Object.assign(user, { blocked }));
    if (blocked) await this.tokens.revokeAllOf(id);
  }

  /** Deletes the user with account, channels and videos. Blocks first: nothing new comes in meanwhile. */
  async remove(id: number): Promise<void> {
    await this.setBlocked(id, true);
    await this.videos.removeAllOf(id);
    await this.dataSource.transaction(async (manager) => {
      const account = await manager.findOneByOrFail(AccountEntity, { userId: id });
      for (const { actorId } of await manager.findBy(ChannelEntity, { accountId: account.id }))
        await this.teller.removed(manager, actorId!);
      const owners = (await videosSpokenOf(manager, account.id))
        .filter(({ remote }) => remote)
        .map(({ channel }) => channel!.account!.actor!);
      const elsewhere = owners.map(({ sharedInboxUrl, inboxUrl }) => sharedInboxUrl ?? inboxUrl);
      await this.teller.removed(manager, account.actorId!, elsewhere);
      await forgetComments(manager, account.id);
      await forgetRates(manager, account.id);
      await manager.delete(UserEntity, { id });
    });
  }

  private async assertNotLastAdministrator(user: UserEntity): Promise<void> {
    if (user.role !== UserRole.Administrator) return;
    const others = await this.dataSource.manager.countBy(UserEntity, {
      id: Not(user.id),
      role: UserRole.Administrator,
      blocked: false,
    });
    if (others === 0) throw new ForbiddenError('The last administrator stays.', 'last_administrator');
  }
}

async function assertFreeEmail(manager: EntityManager, email: string, userId: number): Promise<void> {
  const taken = await manager.existsBy(UserEntity, { email, id: Not(userId) });
  if (taken) throw new ConflictError('This e-mail address is taken.', 'user_exists');
}

const defined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
