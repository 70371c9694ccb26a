import { FederationError, SignatureError } from '../federation.errors.js';
import type { ActorKeys } from '../ports/actor-keys.js';
import type { Blocks } from '../ports/blocks.js';
import type { InboxEntry, InboxJournal } from '../ports/inbox-journal.js';
import { type JsonObject, type JsonValue, readJson } from '../vocabulary/read-json.js';
import { Authors, type ProvenActivity } from './authors.js';
import { checkContent } from './content-rules.js';
import type { DocumentReader } from './document-reader.js';
import { fingerprintOf } from './fingerprint.js';
import { DEFAULT_INBOX_OPTIONS, type InboxOptions } from './inbox-options.js';
import {
  type Accepted,
  Ignored,
  type InboxAnswer,
  type InboxRequest,
  refuse,
  tooManyRefusals,
} from './inbox-request.js';
import { RefusalLimit } from './refusal-limit.js';
import { itemsOf } from './root-items.js';
import { SenderKeys } from './sender-keys.js';
import { type Sender, Senders } from './senders.js';

export interface InboxPorts {
  keys: ActorKeys;
  blocks: Blocks;
  journal: InboxJournal;
  reader: DocumentReader;
}

/**
 * The way in: what is cheap is looked at first, then who sent it and who wrote it, then it is recorded, and only then
 * answered. A refusal is final for most senders, so that a fault that may pass is never told as one.
 */
export class InboxGate {
  private readonly options: InboxOptions;
  private readonly refusals: RefusalLimit;
  private readonly keys: SenderKeys;
  private readonly senders: Senders;
  private readonly authors: Authors;

  constructor(
    private readonly ports: InboxPorts,
    options: Partial<InboxOptions> & Pick<InboxOptions, 'instanceUrl'>,
  ) {
    this.options = { ...DEFAULT_INBOX_OPTIONS, ...options };
    this.refusals = new RefusalLimit(this.options.maxRefusals, this.options.refusalWindow, this.options.now);
    this.keys = new SenderKeys(ports.keys, this.options);
    this.senders = new Senders({ ...ports, keys: this.keys }, this.options);
    this.authors = new Authors({ ...ports, keys: this.keys }, this.options);
  }

  /** Seconds for which nothing is heard from this address: it was refused too often. 0 when it is heard. */
  waitFor(remoteAddress: string): number {
    return Math.ceil(this.refusals.waitFor(remoteAddress) / 1000);
  }

  async receive(request: InboxRequest): Promise<InboxAnswer> {
    const wait = this.waitFor(request.remoteAddress);
    if (wait > 0) return refuse(tooManyRefusals(wait));
    try {
      return { kind: 'accepted', status: 202, effect: await this.take(request) };
    } catch (error) {
      if (error instanceof FederationError && error.status < 500) this.refusals.add(request.remoteAddress);
      return refuse(error);
    }
  }

  private async take(request: InboxRequest): Promise<Accepted['effect']> {
    const { document, maxActivities } = this.options;
    checkContent(request.headers, request.rawBody.length, document.maxBytes);
    const items = itemsOf(readJson(request.rawBody, document), maxActivities);
    if (request.headers.signature === undefined) {
      throw new SignatureError('missing_signature', 'the request is not signed');
    }
    if (await this.isFarewellOfStranger(items)) return 'ignored';
    const sender = await this.senders.prove(request);
    const proven = await this.prove(items, sender);
    if (proven.length === 0) return 'ignored';
    // Handed on as it came, where it came alone.
    const text = (item: JsonObject) =>
      items.length === 1 ? new TextDecoder().decode(request.rawBody) : JSON.stringify(item);
    const entries = proven.map(({ item, activity }) => toEntry(activity, text(item)));
    const isNew = await this.ports.journal.record(entries);
    return isNew.includes(true) ? 'recorded' : 'known';
  }

  /**
   * Deleted actors tell every server that they know of, and have no key any more to prove it with: nobody we never heard of
   * is asked for one.
   */
  private async isFarewellOfStranger(items: JsonObject[]): Promise<boolean> {
    const [{ type, actor, object } = {}, ...others] = items;
    const actorUrl = idOf(actor);
    if (others.length > 0 || type !== 'Delete' || typeof actorUrl !== 'string' || actorUrl !== idOf(object))
      return false;
    return this.keys.isStranger(actorUrl);
  }

  /** Those of the activities that are proven. @throws the reason when none is, and when one may be provable later. */
  private async prove(items: JsonObject[], sender: Sender) {
    const proven: Array<{ item: JsonObject; activity: ProvenActivity }> = [];
    let refusal: unknown;
    let ignored = false;
    for (const item of items) {
      try {
        proven.push({ item, activity: await this.authors.prove(item, sender) });
      } catch (error) {
        if (error instanceof Ignored) ignored = true;
        else if (!(error instanceof FederationError) || error.status >= 500) throw error;
        else refusal ??= error;
      }
    }
    if (refusal !== undefined && proven.length === 0 && !ignored) throw refusal;
    return proven;
  }
}

const toEntry = (proven: ProvenActivity, text: string): InboxEntry => ({
  fingerprint: fingerprintOf(proven),
  activityUrl: proven.id,
  actorUrl: proven.actorUrl,
  host: proven.host,
  type: proven.type,
  issuedAt: proven.issuedAt,
  document: proven.activity,
  signedBody: proven.graphHash === null ? null : text,
});

const idOf = (value: JsonValue | undefined): JsonValue | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value.id : value;
