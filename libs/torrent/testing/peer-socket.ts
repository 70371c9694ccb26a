import { randomBytes } from 'node:crypto';
import { WebSocket, type ClientOptions } from 'ws';

/** A message of the tracker, with its binary strings as they came. */
export type Frame = Record<string, unknown>;

export const binary = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');

const DEADLINE_MS = 60_000;

/** A peer that speaks WebTorrent's tracker protocol in raw frames. */
export class PeerSocket {
  readonly peerId = randomBytes(20).toString('hex');
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | null = null;
  private read = 0;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.frames.push(JSON.parse(String(data)) as Frame));
    socket.on('close', (code, reason) => (this.closed = { code, reason: String(reason) }));
    socket.on('error', () => {});
  }

  /** @throws Error with the HTTP status when the upgrade is refused. */
  static async open(url: string, options: ClientOptions = {}): Promise<PeerSocket> {
    const peer = new PeerSocket(new WebSocket(url, options));
    await new Promise<void>((resolve, reject) => {
      peer.socket.once('open', resolve);
      peer.socket.once('error', reject);
      peer.socket.once('unexpected-response', (_request, { statusCode }) =>
        reject(new Error(`answered ${statusCode}`)),
      );
    });
    return peer;
  }

  /** Sends an announce with these fields over the usual ones. */
  announce(infoHash: string, fields: object = {}): void {
    this.send({
      action: 'announce',
      info_hash: binary(infoHash),
      peer_id: binary(this.peerId),
      left: 1,
      ...fields,
    });
  }

  /** Announces with one session offer and answers the tracker's reply. */
  async join(infoHash: string, fields: object = {}): Promise<Frame> {
    this.announce(infoHash, { event: 'started', offers: [offer()], numwant: 1, ...fields });
    return this.next();
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message, in the order they came. */
  async next(): Promise<Frame> {
    await until(() => this.frames.length > this.read, 'a message');
    return this.frames[this.read++]!;
  }

  async untilClosed(): Promise<{ code: number; reason: string }> {
    await until(() => this.closed !== null, 'the socket to close');
    return this.closed!;
  }

  close(): void {
    this.socket.terminate();
  }
}

/** Looks again and again until `check` is true. @throws Error after a minute. */
export async function until(check: () => boolean, what: string): Promise<void> {
  const ends = Date.now() + DEADLINE_MS;
  while (!check()) {
    if (Date.now() >= ends) throw new Error(`waited ${DEADLINE_MS} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A session offer as browsers make them. */
export const offer = (id = randomBytes(10).toString('hex')) => ({
  offer: { type: 'offer', sdp: 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n' },
  offer_id: id,
});
