import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { hostOf, parseHandle } from '@vidiverse/federation';
import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { Config } from '../config/config.js';
import { isDuplicate } from '../database/is-duplicate.js';
import { ConflictError, NotFoundError } from '../shared/domain-error.js';
import { handleParts } from '../shared/handle.js';
import type { PageQuery } from '../shared/page.js';
import type { UserEntity } from '../users/user.entity.js';
import { AccountBlockEntity } from './account-block.entity.js';
import { blockKey } from './block-key.js';
import { BlockedDeliveries } from './blocked-deliveries.js';
import { BlockedFollows } from './blocked-follows.js';
import { ServerBlockEntity } from './server-block.entity.js';

/** Null: the instance, for everybody. */
export type Blocker = Pick<UserEntity, 'id'> | null;

const of = (by: Blocker) => ({ byUserId: by === null ? IsNull() : by.id });
const newestFirst = { createdAt: 'DESC', id: 'DESC' } as const;

/** Whom the instance, or a user, does not want to hear. */
@Injectable()
export class BlocklistService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly remoteActors: RemoteActors,
    private readonly deliveries: BlockedDeliveries,
    private readonly follows: BlockedFollows,
  ) {}

  accounts(by: Blocker, { start, count }: PageQuery): Promise<[AccountBlockEntity[], number]> {
    return this.dataSource.manager.findAndCount(AccountBlockEntity, {
      where: of(by),
      relations: { account: { actor: true } },
      order: newestFirst,
      skip: start,
      take: count,
    });
  }

  servers(by: Blocker, { start, count }: PageQuery): Promise<[ServerBlockEntity[], number]> {
    return this.dataSource.manager.findAndCount(ServerBlockEntity, {
      where: of(by),
      order: newestFirst,
      skip: start,
      take: count,
    });
  }

  /** Of this user, or nobody's. */
  accountOf(by: Blocker): Promise<AccountEntity | null> {
    return by === null
      ? Promise.resolve(null)
      : this.dataSource.manager.findOneBy(AccountEntity, { userId: by.id });
  }

  /** Twice is the same as once. @throws NotFoundError, ConflictError */
  async blockAccount(by: Blocker, handle: string): Promise<void> {
    const account = await this.findOrAsk(handle);
    if (by !== null && account.userId === by.id)
      throw new ConflictError('That is your own account.', 'own_account');
    const key = blockKey(by?.id ?? null, account.id);
    await this.insert((manager) =>
      manager.save(
        manager.create(AccountBlockEntity, { key, byUserId: by?.id ?? null, accountId: account.id }),
      ),
    );
  }

  /** @throws NotFoundError */
  async unblockAccount(by: Blocker, handle: string): Promise<void> {
    const account = await this.find(handle);
    const key = account && blockKey(by?.id ?? null, account.id);
    if (!key || !(await this.dataSource.manager.delete(AccountBlockEntity, { key })).affected)
      throw new NotFoundError('Block');
  }

  /**
   * A server that the instance blocks is told that follows have ended, and nothing else: what waits for it is not sent any
   * more. @throws ConflictError
   */
  async blockServer(by: Blocker, host: string): Promise<void> {
    if (host === hostOf(this.config.url)) throw new ConflictError('That is this server.', 'own_server');
    if (by === null) {
      await this.dataSource.transaction((manager) => this.deliveries.drop(manager, host));
      await this.follows.endAll(host);
    }
    const key = blockKey(by?.id ?? null, host);
    await this.insert(async (manager) => {
      if (by === null) await this.follows.endSome(manager, host);
      await manager.save(manager.create(ServerBlockEntity, { key, byUserId: by?.id ?? null, host }));
    });
  }

  /** @throws NotFoundError */
  async unblockServer(by: Blocker, host: string): Promise<void> {
    const key = blockKey(by?.id ?? null, host);
    if (!(await this.dataSource.manager.delete(ServerBlockEntity, { key })).affected)
      throw new NotFoundError('Block');
  }

  /** An account that is known here; null when it is not. */
  find(handle: string): Promise<AccountEntity | null> {
    return this.dataSource.manager.findOneBy(AccountEntity, handleParts(handle, this.config));
  }

  private async findOrAsk(handle: string): Promise<AccountEntity> {
    const known = await this.find(handle);
    if (known) return known;
    const remote = parseHandle(handle);
    if (!remote || remote.host === hostOf(this.config.url)) throw new NotFoundError('Account');
    const actor = await this.remoteActors.byHandle(remote).catch(() => null);
    const account = actor && (await this.dataSource.manager.findOneBy(AccountEntity, { actorId: actor.id }));
    if (!account) throw new NotFoundError('Account');
    return account;
  }

  private async insert(write: (manager: EntityManager) => Promise<unknown>): Promise<void> {
    try {
      await this.dataSource.transaction(write);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}
