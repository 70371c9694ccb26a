import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Actor, hostOf } from '@vidiverse/federation';
import type { DataSource, EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { isDuplicate } from '../database/is-duplicate.js';
import { ConflictError } from '../shared/domain-error.js';
import { hashUrl } from '../shared/hash-url.js';
import { plainText } from '../shared/plain-text.js';
import { truncate } from '../shared/text.js';
import { ActorEntity } from './actor.entity.js';

const NAME_LENGTH = 120;
const SUMMARY_LENGTH = 1000;

/** Keeps what is known of remote actors, with the account or channel that pages show of them. */
@Injectable()
export class RemoteActorStore {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** `owner` of a Group. @throws ConflictError when its host has another actor of that name. */
  async save(actor: Actor, owner: ActorEntity | null): Promise<ActorEntity> {
    try {
      return await this.write(actor, owner);
    } catch (error) {
      // Two messages of a new actor at once: the second finds what the first wrote.
      if (isDuplicate(error)) return this.write(actor, owner);
      throw error;
    }
  }

  private write(actor: Actor, owner: ActorEntity | null): Promise<ActorEntity> {
    return this.dataSource.transaction(async (manager) => {
      const urlHash = hashUrl(actor.id);
      const known = await manager.findOneBy(ActorEntity, { urlHash });
      const row = Object.assign(known ?? manager.create(ActorEntity, { url: actor.id, urlHash }), {
        type: actor.type,
        username: actor.preferredUsername,
        host: hostOf(actor.id)!,
        inboxUrl: actor.inbox,
        sharedInboxUrl: actor.sharedInbox,
        outboxUrl: actor.outbox,
        followersUrl: actor.followers,
        publicKey: actor.publicKey.publicKeyPem,
        privateKey: null,
        displayName: truncate(actor.name, NAME_LENGTH),
        summary: actor.summary === null ? null : truncate(plainText(actor.summary), SUMMARY_LENGTH),
        iconUrl: actor.icons[0]?.url ?? null,
        fetchedAt: new Date(),
        deletedAt: null,
      });
      const saved = await manager.save(row);
      if (actor.type === 'Group') await this.saveChannel(manager, saved, actor, owner);
      else await this.saveAccount(manager, saved);
      return saved;
    });
  }

  /** Notes that its server says it is gone. */
  async bury(url: string): Promise<void> {
    await this.dataSource.manager
      .createQueryBuilder()
      .update(ActorEntity)
      .set({ deletedAt: new Date() })
      .where("urlHash = :hash AND deletedAt IS NULL AND host <> ''", { hash: hashUrl(url) })
      .execute();
  }

  private async saveAccount(manager: EntityManager, actor: ActorEntity): Promise<AccountEntity> {
    const known = await manager.findOneBy(AccountEntity, { actorId: actor.id });
    if (!known) await assertFreeName(manager, AccountEntity, actor);
    const row = known ?? manager.create(AccountEntity, { actorId: actor.id, userId: null });
    return manager.save(Object.assign(row, shown(actor)));
  }

  private async saveChannel(
    manager: EntityManager,
    actor: ActorEntity,
    { support }: Actor,
    owner: ActorEntity | null,
  ): Promise<void> {
    if (!owner) return;
    const known = await manager.findOneBy(ChannelEntity, { actorId: actor.id });
    if (!known) await assertFreeName(manager, ChannelEntity, actor);
    const account = await manager.findOneByOrFail(AccountEntity, { actorId: owner.id });
    const row = known ?? manager.create(ChannelEntity, { actorId: actor.id });
    await manager.save(Object.assign(row, shown(actor), { support, accountId: account.id }));
  }
}

const shown = ({ username, host, displayName, summary }: ActorEntity) => ({
  name: username.toLowerCase(),
  host,
  displayName: displayName ?? username,
  description: summary,
});

async function assertFreeName(
  manager: EntityManager,
  table: typeof AccountEntity | typeof ChannelEntity,
  { username, host }: ActorEntity,
): Promise<void> {
  if (await manager.existsBy(table, { name: username.toLowerCase(), host }))
    throw new ConflictError(`${username}@${host} is known as another actor.`, 'actor_name_taken');
}
