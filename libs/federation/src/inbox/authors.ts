import { SignatureError } from '../federation.errors.js';
import type { Blocks } from '../ports/blocks.js';
import { readSignature } from '../signatures/read-signature.js';
import type { VerifiedDocument } from '../signatures/verify-document.js';
import type { JsonObject } from '../vocabulary/read-json.js';
import { namesUnknownContext } from '../vocabulary/unknown-contexts.js';
import { hostOf } from '../vocabulary/urls.js';
import type { DocumentReader } from './document-reader.js';
import { checkOrigins, type Envelope, readEnvelope } from './envelope.js';
import { Ignored, InboxRefusalError } from './inbox-request.js';
import type { InboxOptions } from './inbox-options.js';
import type { SenderKeys } from './sender-keys.js';
import type { Sender } from './senders.js';

/** An activity whose author is proven, by the request or by its own signature. */
export interface ProvenActivity extends Envelope {
  issuedAt: Date | null;
  /** Of what its author signed; null when the request alone proves it. */
  graphHash: string | null;
}

/** May come again with the same id and content, and mean it: then it counts when it was sent. */
const REPEATABLE: ReadonlySet<string> = new Set(['Follow', 'Undo']);

/** Proves who wrote an activity. What a Linked Data Signature proves may be brought by anybody; the rest only by its actor. */
export class Authors {
  private readonly ownHost: string;

  constructor(
    private readonly parts: { keys: SenderKeys; blocks: Blocks; reader: DocumentReader },
    private readonly options: InboxOptions,
  ) {
    this.ownHost = hostOf(options.instanceUrl)!;
  }

  /** @throws Ignored when it is proven, but by somebody who is not heard here. */
  async prove(item: JsonObject, sender: Sender): Promise<ProvenActivity> {
    const proven = await this.proveAuthor(item, sender);
    checkOrigins(proven, this.ownHost);
    return proven;
  }

  /** What a signature under contexts that are not known here covers cannot be told: as if there were none. */
  private async proveAuthor({ signature, ...item }: JsonObject, sender: Sender): Promise<ProvenActivity> {
    if (signature === undefined) return this.bySender(item, sender);
    if (!namesUnknownContext(item)) return this.bySignature({ ...item, signature }, sender);
    return this.bySender(item, sender).catch((error: unknown) => {
      const isByAnother = error instanceof InboxRefusalError && error.code === 'not_the_actor';
      throw isByAnother ? unverifiable() : error;
    });
  }

  private async bySender(item: JsonObject, { actorUrl, signedAt }: Sender): Promise<ProvenActivity> {
    if (this.options.requireLinkedDataSignatures) {
      throw new InboxRefusalError(
        401,
        'signature_required',
        'This instance takes activities with a Linked Data Signature only.',
      );
    }
    const envelope = readEnvelope(await this.parts.reader.compact(item));
    if (envelope.actorUrl !== actorUrl) {
      throw new InboxRefusalError(401, 'not_the_actor', 'The request is not signed by the activity’s actor.');
    }
    const issuedAt = REPEATABLE.has(envelope.type) ? signedAt : null;
    return { ...envelope, issuedAt, graphHash: null };
  }

  /** A signature that is there must be right, also where the request proves the same. */
  private async bySignature(item: JsonObject, sender: Sender): Promise<ProvenActivity> {
    const { creator } = readSignature(item);
    const isHandedOn = this.parts.keys.hostOf(creator) !== hostOf(sender.actorUrl);
    // Whoever hands it on does no wrong, and would count a refusal as a fault of ours.
    if (isHandedOn && (await this.parts.blocks.hasHost(this.parts.keys.hostOf(creator)))) throw new Ignored();
    const { activity, owner, created, graphHash } = await this.verify(item, creator);
    const envelope = readEnvelope(activity);
    const issuedAt = new Date(Math.min(created.getTime(), this.options.now()));
    if (owner !== sender.actorUrl) {
      this.checkAge(created);
      if (envelope.host === this.ownHost || (await this.parts.blocks.hasActor(owner))) throw new Ignored();
    }
    return { ...envelope, issuedAt, graphHash };
  }

  /** Keys change: one that does not fit is asked for anew, as often as the keys allow. */
  private async verify(item: JsonObject, creator: string): Promise<VerifiedDocument> {
    const { keys, reader } = this.parts;
    const rules = { allowWeakKeys: this.options.allowWeakKeys };
    try {
      return await reader.verify(item, (keyId) => keys.find(keyId), rules);
    } catch (error) {
      if (!(error instanceof SignatureError && error.code === 'bad_signature')) throw error;
      const fresh = await keys.refresh(creator);
      if (!fresh) throw error;
      return reader.verify(item, () => Promise.resolve(fresh), rules);
    }
  }

  /** A signature has no end: without one of ours, what is forgotten here could be brought again for ever. */
  private checkAge(created: Date): void {
    const age = this.options.now() - created.getTime();
    if (age > this.options.maxForwardedAge || age < -this.options.clockSkew) {
      throw new InboxRefusalError(401, 'too_old', 'The activity was not signed in the last days.');
    }
  }
}

const unverifiable = () =>
  new SignatureError('unknown_context', 'it is signed under a context that is not known here');
