/** What we use of packages that bring no types. */
declare module 'parse-torrent' {
  export interface ParsedTorrent {
    infoHash: string;
    name: string;
    dn?: string;
    xs?: string;
    length: number;
    pieceLength: number;
    pieces: string[];
    announce: string[];
    urlList: string[];
    created?: Date;
    createdBy?: string;
  }
  export default function parseTorrent(torrent: Uint8Array | string): Promise<ParsedTorrent>;
}

declare module 'bittorrent-tracker/server' {
  import type { EventEmitter } from 'node:events';
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { RawData, WebSocket, WebSocketServer } from 'ws';

  export interface TrackerSocket extends WebSocket {
    upgradeReq: object | null;
    peerId: string | null;
    infoHashes: string[] | null;
    ip?: string;
    destroyed?: boolean;
    onMessageBound: (data: RawData) => void;
    /** Ours: who it is counted with. */
    network: string;
  }
  export interface Peer {
    type: 'ws' | 'http';
    peerId: string;
    socket: TrackerSocket | null;
  }
  export interface AnnounceParams {
    type: 'ws' | 'http';
    info_hash: string;
    peer_id: string;
    event?: string;
    ip?: string;
    numwant: number;
    socket?: TrackerSocket;
    offers?: Array<{ offer: unknown; offer_id: string }> | null;
    answer?: unknown;
    to_peer_id?: string;
    offer_id?: string;
  }
  export interface ScrapeParams {
    info_hash?: string | string[] | null;
  }
  type Callback<T> = (error: Error | null, result?: T) => void;
  export interface AnnounceAnswer {
    complete: number;
    incomplete: number;
    peers: Peer[];
  }

  export class Swarm {
    constructor(infoHash: string, server: Server);
    infoHash: string;
    complete: number;
    incomplete: number;
    peers: { keys: string[]; length: number; peek(id: string): Peer | undefined };
    announce(params: AnnounceParams, callback?: Callback<AnnounceAnswer>): void;
    _getPeers(wanted: number, ownPeerId: string, isWebRtc: boolean): Peer[];
  }

  export default class Server extends EventEmitter {
    static Swarm: typeof Swarm;
    constructor(options: {
      http: false;
      udp: false;
      ws: object;
      stats: false;
      interval: number;
      filter: (infoHash: string, params: AnnounceParams, callback: (error: Error | null) => void) => void;
    });
    ws: WebSocketServer;
    torrents: Record<string, Swarm>;
    destroyed: boolean;
    onWebSocketConnection(socket: TrackerSocket): void;
    onHttpRequest(
      request: IncomingMessage,
      response: ServerResponse,
      options: { action: 'announce' | 'scrape' },
    ): void;
    createSwarm(infoHash: string, callback: Callback<Swarm>): void;
    getSwarm(infoHash: string, callback: Callback<Swarm>): void;
    _onScrape(params: ScrapeParams, callback: Callback<unknown>): void;
    close(callback?: () => void): void;
  }
}
