import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type Actor,
  fetchObject,
  type FetchOptions,
  findActor,
  findInstanceActor,
  type Handle,
  hostOf,
  readActor,
  RemoteClient,
  RemoteError,
  SignatureWorkers,
} from '@vidiverse/federation';
import type { Repository } from 'typeorm';
import { Config } from '../config/config.js';
import { UnprocessableError } from '../shared/domain-error.js';
import { hashUrl } from '../shared/hash-url.js';
import { ActorEntity } from './actor.entity.js';
import { LocalActors } from './local-actors.service.js';
import { RemoteActorStore } from './remote-actor-store.js';
import { signedBy } from './signed-by.js';

/** How long what is known of a remote actor is good, as in PeerTube. */
const FRESH_MS = 2 * 86_400_000;
const GONE = [404, 410];

type Options = Pick<FetchOptions, 'budget' | 'signal'>;

/** Actors of other instances: known ones from the database, others from their server. */
@Injectable()
export class RemoteActors {
  constructor(
    @InjectRepository(ActorEntity) private readonly actors: Repository<ActorEntity>,
    private readonly config: Config,
    private readonly local: LocalActors,
    private readonly store: RemoteActorStore,
    private readonly client: RemoteClient,
    private readonly workers: SignatureWorkers,
  ) {}

  /** As it is stored, also when it was deleted; asks nobody. */
  knownByUrl(url: string): Promise<ActorEntity | null> {
    return this.actors.findOneBy({ urlHash: hashUrl(url) });
  }

  /**
   * The actor of this id. One that was not looked at for two days is asked for again; when its server does not answer, what
   * is known stands. @throws RemoteError, DomainError
   */
  async byUrl(url: string, options: Options = {}): Promise<ActorEntity> {
    const known = await this.knownByUrl(url);
    if (known && (known.host === '' || known.deletedAt || isFresh(known))) return known;
    try {
      return await this.refresh(url, options);
    } catch (error) {
      if (known && error instanceof RemoteError && error.retryable) return known;
      throw error;
    }
  }

  /** The actor behind `name@host`. @throws RemoteError, DomainError */
  async byHandle(handle: Handle, options: Options = {}): Promise<ActorEntity> {
    return this.byUrl(await findActor(this.client, handle, options), options);
  }

  /** The actor that speaks for an instance. @throws RemoteError, DomainError */
  async ofInstance(host: string, options: Options = {}): Promise<ActorEntity> {
    return this.byUrl(await findInstanceActor(this.client, host, options), options);
  }

  /** Fetches and stores it anew. What its server says is gone counts as deleted. @throws RemoteError, DomainError */
  async refresh(url: string, options: Options = {}): Promise<ActorEntity> {
    const actor = await this.fetch(url, options).catch(async (error: unknown) => {
      if (error instanceof RemoteError && GONE.includes(error.status ?? 0)) await this.store.bury(url);
      throw error;
    });
    const owner = actor.type === 'Group' ? await this.ownerOf(actor, options) : null;
    return this.store.save(actor, owner);
  }

  private async fetch(url: string, options: Options): Promise<Actor> {
    if (hostOf(url) === hostOf(this.config.url))
      throw new UnprocessableError('This actor would be ours, and is not known.', 'unknown_local_actor');
    const sign = signedBy(await this.local.instance());
    const { json } = await fetchObject(this.client, url, { ...options, sign });
    return readActor(await this.workers.compact(json));
  }

  /** A channel belongs to the first Person on its own host that it names; others have no owner and can carry no videos. */
  private async ownerOf(channel: Actor, options: Options): Promise<ActorEntity | null> {
    const named = channel.attributedTo.find(
      ({ id, type }) => hostOf(id) === hostOf(channel.id) && (type === null || type === 'Person'),
    );
    if (!named) return null;
    const owner = await this.byUrl(named.id, options);
    return owner.type === 'Person' ? owner : null;
  }
}

const isFresh = ({ fetchedAt }: ActorEntity): boolean =>
  fetchedAt !== null && Date.now() - fetchedAt.getTime() < FRESH_MS;
