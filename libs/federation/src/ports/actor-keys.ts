import type { ActorKey } from '../signatures/verify-document.js';

/** Port: the public keys of other servers' actors, by what a signature calls them (`<actor>#main-key`, `acct:name@host`). */
export abstract class ActorKeys {
  /** The key as it is stored; `gone` when its owner was deleted, null when it is not stored. Asks nobody. */
  abstract known(keyId: string): Promise<ActorKey | 'gone' | null>;

  /** Asks the owner's server and stores the answer. @throws KeyLookupError */
  abstract fetch(keyId: string): Promise<ActorKey>;
}

/** `unavailable`: it may be had later. `gone`: its server says that there is no such actor. `refused`: what it answered is no key for us. */
export type KeyLookupFailure = 'unavailable' | 'gone' | 'refused';

/** Why a key could not be had. */
export class KeyLookupError extends Error {
  constructor(
    readonly failure: KeyLookupFailure,
    message: string,
    /** Seconds, when the server said so. */
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = new.target.name;
  }
}
