import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { ActorEntity } from '../actors/actor.entity.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { remove, toPublic, update } from './activities.js';
import { ActorDocuments } from './actor-documents.service.js';
import { Audience } from './audience.service.js';
import { OutboxService } from './outbox.service.js';

/** Tells followers what becomes of our accounts and channels, in the transaction in which it becomes so. */
@Injectable()
export class ActorTeller {
  constructor(
    private readonly actors: LocalActors,
    private readonly documents: ActorDocuments,
    private readonly audience: Audience,
    private readonly outbox: OutboxService,
  ) {}

  async changed(manager: EntityManager, actorId: number): Promise<void> {
    const actor = await manager.findOneByOrFail(ActorEntity, { id: actorId });
    const activity = update(actor, await this.documents.object(actor, manager), toPublic(actor), new Date());
    await this.outbox.send(manager, { activity, actor, inboxes: await this.inboxes(manager, actor) });
  }

  /**
   * To be called before its account or channel is deleted. The actor stays, with the key by which it said so. `elsewhere` are
   * inboxes of those who know the actor without following anybody here.
   */
  async removed(manager: EntityManager, actorId: number, elsewhere: string[] = []): Promise<void> {
    const actor = await manager.findOneByOrFail(ActorEntity, { id: actorId });
    const activity = remove(actor, actor.url, toPublic(actor));
    const inboxes = [...(await this.inboxes(manager, actor)), ...elsewhere];
    await this.outbox.send(manager, { activity, actor, inboxes });
    await manager.update(ActorEntity, { id: actorId }, { deletedAt: new Date() });
  }

  /** Whoever follows the actor, the account or a channel of its, or this instance has heard of it. */
  private async inboxes(manager: EntityManager, actor: ActorEntity): Promise<string[]> {
    const channel = await manager.findOneBy(ChannelEntity, { actorId: actor.id });
    const where = channel ? { id: channel.accountId } : { actorId: actor.id };
    const account = await manager.findOneBy(AccountEntity, where);
    const channels = account ? await manager.findBy(ChannelEntity, { accountId: account.id }) : [];
    const ids = [actor.id, account?.actorId, ...channels.map(({ actorId }) => actorId)];
    const known = ids.filter((id) => typeof id === 'number').map((id) => ({ id }));
    return this.audience.inboxesOf(manager, [await this.actors.instance(), ...known]);
  }
}
