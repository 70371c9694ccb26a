import { PieceStore } from './piece-store';
import type { TransferLedger } from './transfer-ledger';
import type { PlayerOptions } from './types';
import type { Torrent, WebTorrentClient } from './webtorrent';

/** Connections to other viewers. */
const MAX_PEERS = 30;

/**
 * One file in its swarm, by WebTorrent; the only file that knows that package. The player decides which pieces peers are
 * asked for and may add pieces it got from a seed, which are hashed before anybody gets them.
 */
export class TorrentEngine {
  readonly joinedAt = performance.now();
  private readonly waiting = new Set<() => void>();
  private selected = '';

  private constructor(
    private readonly client: WebTorrentClient,
    private readonly torrent: Torrent,
    private readonly store: PieceStore,
    private readonly hashes: string[],
  ) {
    torrent.on('verified', () => this.wake());
    torrent.on('wire', () => this.wake());
  }

  /** Fetches the .torrent (never the metadata from peers: too slow) and joins the swarm. */
  static async join(
    torrentUrl: string,
    options: Pick<PlayerOptions, 'iceServers' | 'maxStored'>,
    ledger: TransferLedger,
    signal: AbortSignal,
  ): Promise<TorrentEngine> {
    const [bundle, content, iceServers] = await Promise.all([
      import('webtorrent/dist/webtorrent.min.js'),
      fetch(torrentUrl, { signal }).then(async (answer) => {
        if (!answer.ok) throw new Error(`the torrent answered ${answer.status}`);
        return new Uint8Array(await answer.arrayBuffer());
      }),
      options.iceServers(),
    ]);
    signal.throwIfAborted();
    const WebTorrent = bundle.default as new (options: object) => WebTorrentClient;
    // The player asks the web seeds itself; DHT and the rest do not exist in browsers.
    const client = new WebTorrent({
      webSeeds: false,
      dht: false,
      lsd: false,
      natUpnp: false,
      maxConns: MAX_PEERS,
      tracker: { rtcConfig: { iceServers } },
    });
    // Without a listener an error of the client would be thrown at nobody.
    client.on('error', () => {});
    const store = new PieceStore(options.maxStored, (index) => torrent._markUnverified(index));
    const torrent = client.add(content, {
      deselect: true,
      strategy: 'sequential',
      storeCacheSlots: 0,
      store: chunkStore(store),
    });
    torrent.on('error', () => {});
    torrent.on('download', (bytes) => ledger.fromPeers(bytes));
    torrent.on('upload', (bytes) => ledger.toPeers(bytes));
    await new Promise<void>((resolve, reject) => {
      torrent.once('ready', resolve);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }).catch((error: unknown) => {
      client.destroy();
      throw error;
    });
    return new TorrentEngine(client, torrent, store, torrent._hashes);
  }

  get pieceLength(): number {
    return this.torrent.pieceLength;
  }

  get pieceCount(): number {
    return this.hashes.length;
  }

  /** Connected peers. */
  get peers(): number {
    return this.torrent.wires.length;
  }

  /** Bytes per second, from and to peers. */
  get speeds(): { down: number; up: number } {
    return { down: this.torrent.downloadSpeed, up: this.torrent.uploadSpeed };
  }

  has(index: number): boolean {
    return this.torrent.bitfield.get(index);
  }

  piece(index: number): Uint8Array | undefined {
    return this.has(index) ? this.store.get(index) : undefined;
  }

  peersHave(index: number): boolean {
    return this.torrent.wires.some((wire) => wire.peerPieces.get(index) && !wire.peerChoking);
  }

  /** Asks peers for these pieces, the first first, and for no others. */
  want(first: number, last: number): void {
    const selection = `${first}-${last}`;
    if (selection === this.selected) return;
    this.selected = selection;
    this.torrent.deselect(0, this.pieceCount - 1);
    if (first <= last) this.torrent.select(first, last, 1);
  }

  /** Takes a piece that a seed sent. False when its hash is wrong: the seed lied or broke. */
  async add(index: number, piece: Uint8Array): Promise<boolean> {
    if (this.torrent.destroyed || this.has(index)) return true;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', piece as BufferSource));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hex !== this.hashes[index]) return false;
    if (this.torrent.destroyed || this.has(index)) return true;
    this.store.put(index, piece);
    this.torrent._markVerified(index);
    for (const wire of this.torrent.wires) wire.have(index);
    return true;
  }

  /** Resolves when a piece or peer came, at the latest after `milliseconds`. */
  change(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.waiting.add(done);
    });
  }

  /** Leaves the swarm, closes every connection and frees the pieces. */
  destroy(): void {
    this.client.destroy();
    this.store.clear();
    this.wake();
  }

  private wake(): void {
    for (const done of [...this.waiting]) done();
  }
}

/** The store in the shape WebTorrent asks for (abstract-chunk-store). */
function chunkStore(store: PieceStore) {
  return class {
    put(index: number, piece: Uint8Array, callback: (error: Error | null) => void): void {
      store.put(index, piece);
      queueMicrotask(() => callback(null));
    }

    get(
      index: number,
      options: { offset?: number; length?: number } | null,
      callback: (error: Error | null, piece?: Uint8Array) => void,
    ): void {
      const piece = store.get(index);
      const offset = options?.offset ?? 0;
      queueMicrotask(() => {
        if (!piece) callback(new Error('the piece is not here'));
        else callback(null, piece.subarray(offset, offset + (options?.length ?? piece.length - offset)));
      });
    }

    close(callback: (error: Error | null) => void): void {
      queueMicrotask(() => callback(null));
    }

    destroy(callback: (error: Error | null) => void): void {
      store.clear();
      queueMicrotask(() => callback(null));
    }
  };
}
