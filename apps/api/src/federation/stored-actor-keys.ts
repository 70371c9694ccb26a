import { Injectable } from '@nestjs/common';
import {
  type ActorKey,
  ActorKeys,
  FederationError,
  FetchBudget,
  KeyLookupError,
  parseHandle,
  RemoteError,
  withoutFragment,
} from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { DomainError } from '../shared/domain-error.js';

const HANDLE = /^acct:/;
const GONE = [404, 410];

/** The keys of actors as they are stored; others are had by asking for the actor. */
@Injectable()
export class StoredActorKeys extends ActorKeys {
  constructor(private readonly actors: RemoteActors) {
    super();
  }

  async known(keyId: string): Promise<ActorKey | 'gone' | null> {
    if (HANDLE.test(keyId)) return null;
    const actor = await this.actors.knownByUrl(withoutFragment(keyId));
    if (!actor) return null;
    return actor.deletedAt ? 'gone' : toKey(actor);
  }

  async fetch(keyId: string): Promise<ActorKey> {
    try {
      return toKey(await this.ask(keyId));
    } catch (error) {
      if (error instanceof RemoteError) throw toLookupError(error);
      if (error instanceof FederationError || (error instanceof DomainError && error.status < 500))
        throw new KeyLookupError('refused', error.message);
      throw error;
    }
  }

  private async ask(keyId: string): Promise<ActorEntity> {
    const budget = new FetchBudget();
    const handle = HANDLE.test(keyId) ? parseHandle(keyId) : null;
    if (handle) return this.actors.byHandle(handle, { budget });
    return this.actors.refresh(withoutFragment(keyId), { budget });
  }
}

const toKey = ({ url, publicKey }: ActorEntity): ActorKey => ({ owner: url, publicKeyPem: publicKey });

function toLookupError({ retryable, status = 0, message, retryAfter }: RemoteError): KeyLookupError {
  if (retryable) return new KeyLookupError('unavailable', message, retryAfter);
  return new KeyLookupError(GONE.includes(status) ? 'gone' : 'refused', message);
}
