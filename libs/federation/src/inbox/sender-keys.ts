import { SignatureError } from '../federation.errors.js';
import { type ActorKeys, KeyLookupError } from '../ports/actor-keys.js';
import type { ActorKey } from '../signatures/verify-document.js';
import { hostOf, normalizeHost, withoutFragment } from '../vocabulary/urls.js';
import { ExpiringMap } from './expiring-map.js';
import { InboxRefusalError } from './inbox-request.js';
import type { InboxOptions } from './inbox-options.js';
import { KeyFetches } from './key-fetches.js';

const HANDLE = /^acct:[^@\s]+@([^@\s]+)$/;

/**
 * Finds keys without letting strangers decide how much is asked of whom: lookups are bounded, failures are remembered, a
 * stored key is asked for again now and then only. What is remembered is bounded and expires.
 */
export class SenderKeys {
  private readonly ownHost: string | null;
  private readonly fetches: KeyFetches<ActorKey>;
  private readonly failures: ExpiringMap<KeyLookupError>;
  private readonly asked: ExpiringMap<true>;
  /** Owners of keys that are not named after them, and so cannot be found in the store. */
  private readonly owners: ExpiringMap<string>;

  constructor(
    private readonly keys: ActorKeys,
    private readonly options: Pick<InboxOptions, 'instanceUrl' | 'keys' | 'now'>,
  ) {
    const { maxFetches, maxWaiting, maxRemembered } = options.keys;
    this.ownHost = hostOf(options.instanceUrl);
    this.fetches = new KeyFetches(maxFetches, maxWaiting);
    this.failures = new ExpiringMap(maxRemembered, options.now);
    this.asked = new ExpiringMap(maxRemembered, options.now);
    this.owners = new ExpiringMap(maxRemembered, options.now);
  }

  /** The host that the key would be asked of. @throws SignatureError */
  hostOf(keyId: string): string {
    const host = HANDLE.test(keyId) ? normalizeHost(HANDLE.exec(keyId)![1]!) : hostOf(keyId);
    if (host === null)
      throw new SignatureError('unknown_key', 'the key is named by neither a URL nor a handle');
    return host;
  }

  /** Whether there is nothing to prove with keys of this actor: it was never here, or was deleted. */
  async isStranger(actorUrl: string): Promise<boolean> {
    const known = await this.keys.known(actorUrl);
    return known === null || known === 'gone';
  }

  /** The key, from the store or else from its server. @throws SignatureError, InboxRefusalError (503) */
  async find(keyId: string): Promise<ActorKey> {
    const known = await this.keys.known(this.owners.get(keyId) ?? keyId);
    if (known === 'gone') throw new SignatureError('unknown_key', 'the owner of the key was deleted');
    return known ?? this.fetch(keyId);
  }

  /** The key from its server, for when the stored one does not fit; null when it was asked for a moment ago. */
  async refresh(keyId: string): Promise<ActorKey | null> {
    return this.asked.get(withoutFragment(keyId)) ? null : this.fetch(keyId);
  }

  private async fetch(keyId: string): Promise<ActorKey> {
    const host = this.hostOf(keyId);
    if (host === this.ownHost) throw new SignatureError('unknown_key', 'this instance has no such key');
    // Whatever fragments there are, they are of one document.
    const name = withoutFragment(keyId);
    const failure = this.failures.get(name);
    if (failure) throw toAnswer(failure, this.failures.remaining(name));
    return this.inTime(this.fetches.run(name, () => this.ask(keyId, name, host)));
  }

  private async ask(keyId: string, name: string, host: string): Promise<ActorKey> {
    const { refreshPause, failurePause } = this.options.keys;
    this.asked.set(name, true, refreshPause);
    try {
      const key = await this.keys.fetch(keyId);
      if (hostOf(key.owner) !== host) {
        throw new KeyLookupError('refused', 'the owner of the key is on another server');
      }
      if (name !== key.owner) this.owners.set(keyId, key.owner, refreshPause);
      return key;
    } catch (error) {
      if (!(error instanceof KeyLookupError)) throw error;
      this.failures.set(name, error, failurePause);
      throw toAnswer(error, failurePause);
    }
  }

  /** The lookup goes on when nobody waits any more, so that the key is there when the sender comes again. */
  private async inTime(lookup: Promise<ActorKey>): Promise<ActorKey> {
    let limit: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      limit = setTimeout(
        () => reject(unavailable('the key is still being looked up', 5)),
        this.options.keys.wait,
      );
    });
    lookup.catch(() => undefined);
    try {
      return await Promise.race([lookup, tooLate]);
    } finally {
      clearTimeout(limit);
    }
  }
}

function toAnswer(error: KeyLookupError, pauseMs: number): Error {
  if (error.failure !== 'unavailable') return new SignatureError('unknown_key', error.message);
  return unavailable(error.message, error.retryAfter ?? Math.ceil(pauseMs / 1000));
}

const unavailable = (message: string, retryAfter: number) =>
  new InboxRefusalError(503, 'key_unavailable', message, retryAfter);
