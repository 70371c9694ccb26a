import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { CONTEXT } from '@vidiverse/federation';
import type { DataSource } from 'typeorm';
import { AccountEntity } from '../accounts/account.entity.js';
import { actorDocument } from '../actors/actor-document.js';
import type { ActorEntity } from '../actors/actor.entity.js';
import { type LocalActorKind, localActorUrls } from '../actors/actor-urls.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import { Config } from '../config/config.js';
import { ObjectHooks } from './object-hooks.service.js';
import { NotFoundError } from '../shared/domain-error.js';

/** The ActivityPub documents of this instance's actors. */
@Injectable()
export class ActorDocuments {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly actors: LocalActors,
    private readonly config: Config,
    private readonly hooks: ObjectHooks,
  ) {}

  /** @throws NotFoundError for a name that is none of ours, or no more. */
  async find(kind: LocalActorKind, name: string): Promise<ActorEntity> {
    const { url } = localActorUrls(this.config.url, kind, name.toLowerCase());
    const instance = await this.actors.instance();
    const actor = url === instance.url ? instance : await this.actors.byUrl(url);
    if (!actor) throw new NotFoundError('Actor');
    return actor;
  }

  async document(actor: ActorEntity): Promise<object> {
    return { '@context': CONTEXT, ...(await this.hooks.built(await this.object(actor))) };
  }

  /** Without its context, as it stands inside an Update. */
  async object(
    actor: ActorEntity,
    manager = this.dataSource.manager,
  ): Promise<{ id: string } & Record<string, unknown>> {
    if (actor.type === 'Application') {
      const { name, shortDescription } = this.config.instance;
      return actorDocument(actor, { name, summary: shortDescription });
    }
    if (actor.type === 'Person') {
      const account = await manager.findOneBy(AccountEntity, { actorId: actor.id });
      if (!account) throw new NotFoundError('Actor');
      return actorDocument(actor, { name: account.displayName, summary: account.description });
    }
    const channel = await manager.findOne(ChannelEntity, {
      where: { actorId: actor.id },
      relations: { account: { actor: true } },
    });
    if (!channel) throw new NotFoundError('Actor');
    const { displayName: name, description: summary, support, account } = channel;
    return actorDocument(actor, { name, summary, support, owner: account!.actor!.url });
  }
}
