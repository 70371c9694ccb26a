import Client, { type AnnounceFields } from 'bittorrent-tracker/client';
import { randomBytes } from 'node:crypto';
import { until } from '../../support/uploads.js';

/** What the tracker answers to an announce or a scrape. */
export interface Counts {
  complete: number;
  incomplete: number;
  interval?: number;
  infoHash?: string;
}

/** Another peer, as the client tells it: an address by HTTP, a connection to make by web socket. */
export type FoundPeer = string | { id: string; initiator: boolean };

export interface TrackerPeerOptions {
  /** `socket` speaks WebTorrent's protocol, `announce` HTTP. */
  by?: 'socket' | 'announce';
  /** 40 hex digits. */
  peerId?: string;
  port?: number;
}

/** The tracker client that WebTorrent uses, for one info hash at one instance. */
export class TrackerPeer {
  readonly peerId: string;
  readonly updates: Counts[] = [];
  readonly scrapes: Counts[] = [];
  readonly found: FoundPeer[] = [];
  readonly warnings: string[] = [];
  private readonly client: Client;
  private closing: Promise<void> | undefined;

  constructor(
    address: string,
    infoHash: string,
    { by = 'socket', port = 6881, ...options }: TrackerPeerOptions = {},
  ) {
    this.peerId = options.peerId ?? randomBytes(20).toString('hex');
    const base = by === 'socket' ? address.replace(/^http/, 'ws') : address;
    // Clients in one process share the socket of an address, and peers must not: each has an address of its own.
    const announce = [`${base}/tracker/${by}${by === 'socket' ? `?${this.peerId}` : ''}`];
    this.client = new Client({ infoHash, peerId: this.peerId, announce, port });
    this.client.on('update', (counts: Counts) => this.updates.push(counts));
    this.client.on('scrape', (counts: Counts) => this.scrapes.push(counts));
    this.client.on('peer', (peer: FoundPeer) => this.found.push(peer));
    for (const event of ['warning', 'error'])
      this.client.on(event, ({ message }: Error) => this.warnings.push(message));
  }

  /** Joins; answers what the tracker says of the swarm. */
  join(fields: AnnounceFields = { left: 1 }): Promise<Counts> {
    return this.next(this.updates, () => this.client.start(fields));
  }

  complete(): Promise<Counts> {
    return this.next(this.updates, () => this.client.complete({ left: 0 }));
  }

  leave(): Promise<Counts> {
    return this.next(this.updates, () => this.client.stop({ left: 1 }));
  }

  scrape(): Promise<Counts> {
    return this.next(this.scrapes, () => this.client.scrape());
  }

  /** Announces where it must be refused; answers the reason. */
  refusedJoin(): Promise<string> {
    return this.next(this.warnings, () => this.client.start({ left: 1 }));
  }

  /** Closes its socket without a word, as a closed tab does. */
  close(): Promise<void> {
    this.closing ??= new Promise((resolve) => this.client.destroy(() => resolve()));
    return this.closing;
  }

  private async next<T>(list: T[], act: () => void): Promise<T> {
    const before = list.length;
    act();
    await until(async () => list.length > before, `an answer of the tracker (${this.warnings.join(', ')})`);
    return list[before]!;
  }
}
