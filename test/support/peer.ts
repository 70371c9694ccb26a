import { CONTEXT, type JsonObject, type KeyPair, signRequest } from '@vidiverse/federation';
import { keptKeyPair, signDocument } from '@vidiverse/federation/testing';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export type Activity = { type: string; actor: string; [field: string]: unknown };

export interface SendOptions {
  /** Path of the inbox; the shared one unless told otherwise. */
  inbox?: string;
  /** Who signs the request; the activity's actor unless told otherwise. */
  by?: string;
  /** As the signature names the key; `<by>#main-key` unless told otherwise. */
  keyId?: string;
  /** Of the request's signature. */
  date?: Date;
  /** Headers to add, to replace or, with null, to leave out; they are not signed. */
  headers?: Record<string, string | null>;
  /** Instead of what was signed. */
  body?: string | Buffer;
  /** Also with a Linked Data Signature by the actor. */
  signed?: boolean;
}

export interface PeerAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  /** Of a problem document. */
  code: string | null;
  text: string;
}

/** Another server of the fediverse: it serves documents of actors with keys, sends signed activities and takes any. */
export class Peer {
  /** Activities that it was sent, in order, with the path of their inbox. */
  readonly received: Array<{ inbox: string; activity: Activity & { id: string } }> = [];
  /** Paths that it was asked for, in order. */
  readonly asked: string[] = [];
  /** Paths that it leaves without an answer. */
  readonly silent = new Set<string>();
  /** What it answers to everything instead of its documents. */
  status: number | null = null;
  private readonly documents = new Map<string, object>();
  private readonly answers = new Map<string, RequestListener>();
  private readonly keys = new Map<string, KeyPair>();
  private count = 0;
  private readonly server = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method === 'POST') return void this.take(request, response);
    this.asked.push(path);
    if (this.silent.has(path)) return;
    const answer = this.answers.get(path);
    if (answer) return void answer(request, response);
    const document = this.documents.get(path);
    const status = this.status ?? (document ? 200 : 404);
    response.writeHead(status, { 'content-type': 'application/activity+json' });
    response.end(status === 200 ? JSON.stringify(document) : undefined);
  });

  static async open(): Promise<Peer> {
    const peer = new Peer();
    await new Promise<void>((resolve) => peer.server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Makes an actor, or gives one a new key. Answers its id. */
  async actor(name: string, fields: object = {}): Promise<string> {
    const id = `${this.address}/accounts/${name}`;
    const keyPair = await keptKeyPair();
    this.keys.set(id, keyPair);
    this.serve(`/accounts/${name}`, {
      '@context': CONTEXT,
      type: 'Person',
      id,
      preferredUsername: name,
      name,
      inbox: `${id}/inbox`,
      endpoints: { sharedInbox: `${this.address}/inbox` },
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: keyPair.publicKeyPem },
      ...fields,
    });
    return id;
  }

  serve(path: string, document: object): void {
    this.documents.set(path, document);
  }

  /** Answers GETs of a path in its own way, in place of a document. */
  answer(path: string, listener: RequestListener): void {
    this.answers.set(path, listener);
  }

  documentOf(path: string): object {
    return this.documents.get(path)!;
  }

  remove(path: string): void {
    this.documents.delete(path);
    this.answers.delete(path);
  }

  /** An activity with an id of its own. */
  activity(fields: Activity): Activity & { id: string } {
    return { '@context': CONTEXT, id: `${this.address}/activities/${++this.count}`, ...fields };
  }

  /** As this instance would get it: what is sent can be sent again, or by somebody else. */
  async request(activity: Activity, address: string, options: SendOptions = {}) {
    const {
      actor,
      by = actor,
      keyId = `${by}#main-key`,
      inbox = '/inbox',
      date,
    } = { ...activity, ...options };
    const document = options.signed ? await this.sign(activity) : activity;
    const body = Buffer.from(JSON.stringify(document));
    const url = address + inbox;
    const { privateKeyPem } = this.keys.get(by)!;
    const signature = signRequest({ method: 'POST', url, body, keyId, privateKeyPem, date });
    const all = { 'content-type': 'application/activity+json', ...signature, ...options.headers };
    const headers = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    return { url, headers: Object.fromEntries(headers), body: options.body ?? body };
  }

  async send(activity: Activity, address: string, options?: SendOptions): Promise<PeerAnswer> {
    return post(await this.request(activity, address, options));
  }

  sign(activity: Activity): Promise<JsonObject> {
    const { privateKeyPem } = this.keys.get(activity.actor)!;
    return signDocument(activity as JsonObject, { creator: activity.actor, privateKeyPem });
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (this.status === null)
      this.received.push({ inbox: request.url!, activity: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(this.status ?? 202).end();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

export interface RawPost {
  url: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Sends it as it is: the headers that `fetch` would set itself are signed. */
export function post({ url, headers, body }: RawPost): Promise<PeerAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const code = text.startsWith('{') ? (JSON.parse(text) as { code: string }).code : null;
      resolve({ status: response.statusCode!, headers: response.headers, code, text });
    });
    request.on('error', reject).end(body);
  });
}
