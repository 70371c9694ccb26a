import type { KeyObject } from 'node:crypto';
import type { Blocks } from '../ports/blocks.js';
import { readPublicKey } from '../signatures/public-key.js';
import { verifyRequest } from '../signatures/verify-request.js';
import { hostOf } from '../vocabulary/urls.js';
import { ExpiringMap } from './expiring-map.js';
import type { InboxOptions } from './inbox-options.js';
import { InboxRefusalError, type InboxRequest } from './inbox-request.js';
import type { SenderKeys } from './sender-keys.js';

/** Who sent the request, and when by the sender's clock. */
export interface Sender {
  actorUrl: string;
  signedAt: Date;
}

/** Proves who sent a request, if it is somebody who is heard here. */
export class Senders {
  private readonly ownHost: string;
  /** By their PEM. */
  private readonly readKeys: ExpiringMap<KeyObject>;

  constructor(
    private readonly parts: { keys: SenderKeys; blocks: Blocks },
    private readonly options: InboxOptions,
  ) {
    this.ownHost = hostOf(options.instanceUrl)!;
    this.readKeys = new ExpiringMap(options.keys.maxRemembered, options.now);
  }

  /** @throws SignatureError, InboxRefusalError */
  async prove({ method, path, rawHeaders, rawBody }: InboxRequest): Promise<Sender> {
    const { clockSkew, allowWeakKeys, now, instanceUrl } = this.options;
    const { origin } = new URL(instanceUrl);
    const { owner, signedAt } = await verifyRequest(
      { method, target: path, origin, rawHeaders, body: rawBody },
      {
        now: now(),
        clockSkew,
        allowWeakKeys,
        readKey: (pem, rules) => {
          const key = this.readKeys.get(pem) ?? readPublicKey(pem, rules);
          this.readKeys.set(pem, key, this.options.keys.refreshPause);
          return key;
        },
        findKey: async (keyId, { refresh }) => {
          if (refresh) return this.parts.keys.refresh(keyId);
          await this.checkHost(this.parts.keys.hostOf(keyId));
          return this.parts.keys.find(keyId);
        },
      },
    );
    if (await this.parts.blocks.hasActor(owner)) throw blocked();
    return { actorUrl: owner, signedAt };
  }

  /** A host that is blocked is told 403, as by Mastodon: it is final, and nothing was asked of the host. */
  private async checkHost(host: string): Promise<void> {
    if (host === this.ownHost) throw new InboxRefusalError(403, 'own_host', 'The sender is this instance.');
    if (await this.parts.blocks.hasHost(host)) throw blocked();
  }
}

const blocked = () => new InboxRefusalError(403, 'blocked', 'This instance does not hear the sender.');
