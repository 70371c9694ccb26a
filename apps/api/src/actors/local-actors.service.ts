import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, type Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { hashUrl } from '../shared/hash-url.js';
import { ActorEntity, type ActorType } from './actor.entity.js';
import { type ActorKeys, ActorKeySource } from './actor-keys.js';
import { INSTANCE_ACTOR, type LocalActorKind, localActorUrls } from './actor-urls.js';

export interface NewActor {
  kind: LocalActorKind;
  username: string;
  keys: ActorKeys;
}

const TYPES: Record<LocalActorKind, ActorType> = { account: 'Person', channel: 'Group' };

/** The actors of this instance: one for each account and channel, and one for the instance itself. */
@Injectable()
export class LocalActors implements OnModuleInit {
  private found: Promise<ActorEntity> | undefined;

  constructor(
    @InjectRepository(ActorEntity) private readonly actors: Repository<ActorEntity>,
    private readonly config: Config,
    private readonly keys: ActorKeySource,
  ) {}

  /** Made before anything is told: within a transaction there would be no other connection to make it on. */
  async onModuleInit(): Promise<void> {
    await this.instance();
  }

  /** The instance itself; made when it is first asked for. */
  instance(): Promise<ActorEntity> {
    this.found ??= this.findOrMakeInstance().catch((error: unknown) => {
      this.found = undefined;
      throw error;
    });
    return this.found;
  }

  /** Writes the actor of a new account or channel. */
  create(manager: EntityManager, { kind, username, keys }: NewActor): Promise<ActorEntity> {
    return manager.save(this.row(manager, TYPES[kind], kind, username, keys));
  }

  /** Whether an actor of this name is or was here: ids are never given twice. */
  async isTaken(manager: EntityManager, username: string): Promise<boolean> {
    const urls = (['account', 'channel'] as const).map(
      (kind) => localActorUrls(this.config.url, kind, username).urlHash,
    );
    return manager.existsBy(ActorEntity, { urlHash: In(urls) });
  }

  /** Another name, and so another id: only before anybody was told the old one. */
  async rename(manager: EntityManager, id: number, kind: LocalActorKind, username: string): Promise<void> {
    await manager.update(
      ActorEntity,
      { id },
      { username, ...localActorUrls(this.config.url, kind, username) },
    );
  }

  /** An actor of ours by its ActivityPub id; null when it is none, or was deleted. */
  async byUrl(url: string): Promise<ActorEntity | null> {
    const actor = await this.actors.findOneBy({ urlHash: hashUrl(url), host: '' });
    return actor?.deletedAt ? null : actor;
  }

  private async findOrMakeInstance(): Promise<ActorEntity> {
    const { urlHash } = localActorUrls(this.config.url, 'account', INSTANCE_ACTOR);
    const known = await this.actors.findOneBy({ urlHash });
    if (known) return known;
    const keys = await this.keys.next();
    const row = this.row(this.actors.manager, 'Application', 'account', INSTANCE_ACTOR, keys);
    // Several processes may start at once: the first one's keys hold.
    await this.actors.createQueryBuilder().insert().orIgnore().values(row).execute();
    return this.actors.findOneByOrFail({ urlHash });
  }

  private row(
    manager: EntityManager,
    type: ActorType,
    kind: LocalActorKind,
    username: string,
    keys: ActorKeys,
  ): ActorEntity {
    const now = new Date();
    return manager.create(ActorEntity, {
      ...localActorUrls(this.config.url, kind, username),
      ...keys,
      type,
      username,
      host: '',
      displayName: null,
      summary: null,
      iconUrl: null,
      fetchedAt: null,
      deletedAt: null,
      createdAt: now,
      updatedAt: now,
    });
  }
}
