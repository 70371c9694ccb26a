import { InboxGate } from '../src/inbox/inbox-gate.js';
import type { InboxOptions } from '../src/inbox/inbox-options.js';
import type { InboxAnswer, InboxRequest } from '../src/inbox/inbox-request.js';
import { signRequest } from '../src/signatures/http-signature.js';
import type { KeyPair } from '../src/signatures/public-key.js';
import { signDocument } from '../src/signatures/sign-document.js';
import { verifyDocument } from '../src/signatures/verify-document.js';
import { compactDocument } from '../src/vocabulary/compact.js';
import { CONTEXT } from '../src/vocabulary/context.js';
import type { JsonObject, JsonValue } from '../src/vocabulary/read-json.js';
import { keptKeyPair } from './kept-key-pairs.js';
import { MemoryActorKeys } from './memory-actor-keys.js';
import { MemoryBlocks } from './memory-blocks.js';
import { MemoryInboxJournal } from './memory-inbox-journal.js';

export const HERE = 'https://here.example';
export const ADA = 'https://peer.example/accounts/ada';
export const BOB = 'https://other.example/accounts/bob';

export type Fields = Record<string, JsonValue>;

export interface SendOptions {
  /** Who signs the request; the activity's actor unless told otherwise. */
  by?: string;
  /** As the signature names the key; `<by>#main-key` unless told otherwise. */
  keyId?: string;
  /** Headers to add or, with null, to leave out; they are not signed. */
  headers?: Record<string, string | null>;
  /** Instead of what was signed. */
  body?: string | Buffer;
  date?: Date;
  from?: string;
}

/** A gate with everything in memory, senders with keys, and a clock that stands. */
export class InboxLab {
  now = Date.parse('2030-01-02T03:04:05.000Z');
  readonly keys = new MemoryActorKeys();
  readonly blocks = new MemoryBlocks();
  readonly journal = new MemoryInboxJournal();
  readonly gate: InboxGate;
  private readonly pairs = new Map<string, KeyPair>();

  private constructor(options: Partial<InboxOptions>) {
    const reader = { compact: compactDocument, verify: verifyDocument };
    this.gate = new InboxGate({ ...this, reader }, { instanceUrl: HERE, now: () => this.now, ...options });
  }

  /** Ada and Bob, on servers of their own, are known outside and not here yet. */
  static async open(options: Partial<InboxOptions> = {}): Promise<InboxLab> {
    const lab = new InboxLab(options);
    await Promise.all([ADA, BOB].map((url) => lab.giveKey(url)));
    return lab;
  }

  /** Another one, empty, whose senders have the same keys: new ones take time. */
  reopen(options: Partial<InboxOptions> = {}): InboxLab {
    const lab = new InboxLab(options);
    for (const [url, pair] of this.pairs) lab.show(url, pair);
    return lab;
  }

  /** A new key, which the actor's server shows from now on. */
  async giveKey(actorUrl: string): Promise<string> {
    const pair = await keptKeyPair();
    this.show(actorUrl, pair);
    return pair.publicKeyPem;
  }

  /** `activity` with a Linked Data Signature. */
  signed(activity: Fields, created = new Date(this.now), creator = String(activity.actor)): Promise<Fields> {
    return signDocument(activity, {
      creator,
      created,
      privateKeyPem: this.pairs.get(creator)!.privateKeyPem,
    });
  }

  request(activity: Fields, options: SendOptions = {}): InboxRequest {
    const by = options.by ?? String(activity.actor);
    const body = Buffer.from(JSON.stringify(activity));
    const signed = signRequest({
      method: 'POST',
      url: `${HERE}/inbox`,
      body,
      keyId: options.keyId ?? `${by}#main-key`,
      privateKeyPem: this.pairs.get(by)!.privateKeyPem,
      date: options.date ?? new Date(this.now),
    });
    const all = { 'content-type': 'application/activity+json', ...signed, ...options.headers };
    const entries = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    return {
      method: 'POST',
      path: '/inbox',
      headers: Object.fromEntries(entries),
      rawHeaders: entries.flat(),
      rawBody: Buffer.from(options.body ?? body),
      remoteAddress: options.from ?? '192.0.2.1',
    };
  }

  send(activity: Fields, options?: SendOptions): Promise<InboxAnswer> {
    return this.gate.receive(this.request(activity, options));
  }

  /** The status, and the word that says why or what it did. */
  async outcome(activity: Fields, options?: SendOptions): Promise<[number, string]> {
    const answer = await this.send(activity, options);
    return [answer.status, answer.kind === 'accepted' ? answer.effect : answer.code];
  }

  private show(actorUrl: string, pair: KeyPair): void {
    this.pairs.set(actorUrl, pair);
    this.keys.world.set(actorUrl, { owner: actorUrl, publicKeyPem: pair.publicKeyPem });
  }
}

/** A Like by Ada unless it is told otherwise. */
export const activity = (changes: Fields = {}): Fields => ({
  '@context': CONTEXT as JsonValue,
  id: `${String(changes.actor ?? ADA)}/likes/1`,
  type: 'Like',
  actor: ADA,
  object: `${HERE}/videos/watch/1`,
  ...changes,
});

/** Something that Ada did to a video of hers. */
export const ofVideo = (type: string, changes: Fields = {}, object: JsonObject = {}): Fields =>
  activity({
    id: `https://peer.example/videos/watch/1/${type.toLowerCase()}`,
    type,
    object: { id: 'https://peer.example/videos/watch/1', type: 'Video', name: 'A day', ...object },
    ...changes,
  });
