import Server, { type AnnounceParams, type TrackerSocket } from 'bittorrent-tracker/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { KnownHashes } from '../ports/known-hashes.js';
import { adaptServer } from './adapt-server.js';
import { type AskObjection, objectionTo } from './announce-objection.js';
import { AnnounceRules, type AnnounceRuleOptions, WEB_SOCKET_PART } from './announce-rules.js';
import { knownFields } from './http-fields.js';
import { OfferBook } from './offer-book.js';
import type { OfferingSwarm } from './offering-swarm.js';
import { PeerSockets, type PeerSocketOptions } from './peer-sockets.js';
import { Refusal } from './refusal.js';
import { brokenSession } from './session-messages.js';
import { WriteBatch } from './write-batch.js';

const UNEXPECTED = 1011;
const BUSY = 'the tracker is busy, try again';

export interface TrackerOptions extends PeerSocketOptions, AnnounceRuleOptions {
  maxMessageBytes: number;
  /** Asked last. One that fails lets nobody in. */
  objection?: AskObjection;
}

/** What went through, since the start. Nobody's address is among it. */
export interface TrackerCounters {
  announces: number;
  /** For a hash that is not served here. */
  unknown: number;
  /** For any other reason. */
  refused: number;
}

type Verdict = (error: Error | null) => void;

/**
 * A tracker for the swarms of known info hashes, over web sockets (WebTorrent) and HTTP (BEP 3). What is wrong with one
 * announce is an error for that announce: the socket and its other swarms go on. Nothing is kept of unknown hashes.
 */
export class Tracker {
  readonly counters: TrackerCounters = { announces: 0, unknown: 0, refused: 0 };
  private readonly server: Server;
  private readonly offers = new OfferBook();
  private readonly rules: AnnounceRules;
  private readonly sockets: PeerSockets;
  private readonly writes = new WriteBatch();
  private readonly upkeep: NodeJS.Timeout;

  constructor(
    private readonly known: KnownHashes,
    private readonly options: TrackerOptions,
  ) {
    this.sockets = new PeerSockets(options);
    this.rules = new AnnounceRules(options, this.offers, (infoHash) => this.server.torrents[infoHash]);
    this.server = new Server({
      http: false,
      udp: false,
      ws: {
        noServer: true,
        maxPayload: options.maxMessageBytes,
        perMessageDeflate: false,
        // Pings are answered where messages are counted.
        autoPong: false,
      },
      stats: false,
      interval: options.announceInterval * 1000 * WEB_SOCKET_PART,
      filter: (infoHash, params, verdict) => this.check(infoHash, params, verdict),
    });
    adaptServer(this.server, this.offers, () => (this.counters.refused += 1));
    this.upkeep = setInterval(() => void this.tidy(), options.heartbeat).unref();
  }

  /** Takes over an HTTP upgrade; `address` is the client's, as the caller trusts it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void {
    if (!this.sockets.hasRoom(address)) {
      this.counters.refused += 1;
      socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.server.ws.handleUpgrade(request, socket, head, (webSocket) =>
      this.connect(webSocket as TrackerSocket, socket, request, address),
    );
  }

  /** Answers an HTTP announce or scrape, bencoded. */
  http(
    request: IncomingMessage,
    response: ServerResponse,
    action: 'announce' | 'scrape',
    address: string,
  ): void {
    const asked = {
      url: knownFields(request.url ?? ''),
      headers: {},
      connection: { remoteAddress: address },
    };
    response.setHeader('content-type', 'text/plain');
    this.server.onHttpRequest(asked as unknown as IncomingMessage, response, { action });
  }

  /** Who shares a file right now. */
  counts(infoHash: string): { seeders: number; leechers: number } {
    const swarm = this.server.torrents[infoHash];
    return { seeders: swarm?.complete ?? 0, leechers: swarm?.incomplete ?? 0 };
  }

  /** Everyone in any swarm, and the open sockets. */
  totals(): { swarms: number; peers: number; sockets: number } {
    const swarms = Object.values(this.server.torrents);
    return {
      swarms: swarms.length,
      peers: swarms.reduce((sum, { complete, incomplete }) => sum + complete + incomplete, 0),
      sockets: this.sockets.size,
    };
  }

  /** Ends a swarm, as when its video was deleted or made private. */
  evict(infoHash: string): void {
    delete this.server.torrents[infoHash];
  }

  close(): void {
    clearInterval(this.upkeep);
    this.sockets.close();
    this.server.close();
  }

  private connect(socket: TrackerSocket, connection: Duplex, request: IncomingMessage, address: string) {
    this.sockets.add(socket, request, address);
    this.writes.batch(socket, connection);
    this.server.onWebSocketConnection(socket);
    const read = socket.onMessageBound;
    socket.removeListener('message', read);
    // Kept where the library looks for the listener to remove when the socket closes.
    socket.onMessageBound = (data) => {
      if (!this.sockets.mayTalk(socket)) return;
      try {
        read(data);
      } catch {
        // Whatever a client sends, it ends its own socket only.
        this.counters.refused += 1;
        socket.close(UNEXPECTED, 'message not understood');
      }
    };
    socket.on('message', socket.onMessageBound);
  }

  private check(infoHash: string, params: AnnounceParams, verdict: Verdict): void {
    const broken = brokenSession(params);
    if (broken) {
      this.refuse(broken, verdict);
      return;
    }
    const known = this.known.has(infoHash);
    if (typeof known === 'boolean') this.decide(known, params, verdict);
    else
      known
        .catch(() => null)
        .then((is) => this.decide(is, params, verdict))
        .catch(() => (this.counters.refused += 1));
  }

  /** `known` is null when that could not be found out. */
  private decide(known: boolean | null, params: AnnounceParams, verdict: Verdict): void {
    if (known === false) {
      this.counters.unknown += 1;
      verdict(new Refusal('unknown info hash'));
      return;
    }
    if (params.socket?.destroyed) return;
    const reason = known === null ? BUSY : this.rules.refusal(params);
    if (reason) {
      this.refuse(reason, verdict);
      return;
    }
    const objection = objectionTo(params, this.options.objection);
    if (objection === null || typeof objection === 'string') this.end(objection, verdict);
    else
      void objection
        .catch(() => BUSY)
        .then((late) => (params.socket?.destroyed ? undefined : this.end(late, verdict)))
        .catch(() => (this.counters.refused += 1));
  }

  private end(objection: string | null, verdict: Verdict): void {
    if (objection !== null) {
      this.refuse(objection, verdict);
      return;
    }
    this.counters.announces += 1;
    verdict(null);
  }

  private refuse(reason: string, verdict: Verdict): void {
    this.counters.refused += 1;
    verdict(new Refusal(reason));
  }

  /** Peers that went without a word leave, and swarms that are empty or no longer served. */
  private async tidy(): Promise<void> {
    await Promise.all(
      Object.entries(this.server.torrents).map(async ([infoHash, swarm]) => {
        const alive = (swarm as OfferingSwarm).expire();
        // A fault of the database is no reason to end a swarm.
        const known = alive && (await Promise.resolve(this.known.has(infoHash)).catch(() => true));
        if (!known) this.evict(infoHash);
      }),
    );
  }
}
