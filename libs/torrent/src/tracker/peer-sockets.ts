import type { TrackerSocket } from 'bittorrent-tracker/server';
import type { IncomingMessage } from 'node:http';
import { networkOf } from './announce-limits.js';

const POLICY_VIOLATION = 1008;
const WINDOW_MS = 60_000;
/** Announces that a peer may miss before it counts as gone. */
const MISSED_ANNOUNCES = 3;
/** A socket that leaves this much unread is closed. */
export const MAX_UNREAD_BYTES = 1024 * 1024;

export interface PeerSocketOptions {
  /** Seconds between the announces of a peer. */
  announceInterval: number;
  maxSocketsPerAddress: number;
  maxMessagesPerMinute: number;
  /** Milliseconds between looks for sockets that are dead, silent or never read. */
  heartbeat: number;
}

interface State {
  network: string;
  answered: boolean;
  lastMessage: number;
  messages: number;
  windowEnds: number;
}

/** The open sockets: how many each network has, how much each may say, and which are dead. */
export class PeerSockets {
  private readonly open = new Map<TrackerSocket, State>();
  private readonly perNetwork = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: PeerSocketOptions) {
    this.timer = setInterval(() => this.reap(Date.now()), options.heartbeat).unref();
  }

  get size(): number {
    return this.open.size;
  }

  hasRoom(address: string): boolean {
    return (this.perNetwork.get(networkOf(address)) ?? 0) < this.options.maxSocketsPerAddress;
  }

  /** Counts a socket until it closes. */
  add(socket: TrackerSocket, request: IncomingMessage, address: string): void {
    const network = networkOf(address);
    this.perNetwork.set(network, (this.perNetwork.get(network) ?? 0) + 1);
    const state = { network, answered: true, lastMessage: Date.now(), messages: 0, windowEnds: 0 };
    this.open.set(socket, state);
    socket.on('pong', () => (state.answered = true));
    socket.on('ping', (data) => this.mayTalk(socket) && socket.pong(data));
    socket.on('close', () => this.remove(socket, network));
    socket.network = network;
    // All that the library reads of a request; the rest is not kept while the socket lives.
    socket.upgradeReq = {
      headers: {},
      connection: { remoteAddress: address, remotePort: request.socket.remotePort },
    };
  }

  /** Counts a message; false, and the socket closes, when it says too much or does not read what it is told. */
  mayTalk(socket: TrackerSocket): boolean {
    const state = this.open.get(socket);
    if (!state) return false;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
      socket.terminate();
      return false;
    }
    const now = Date.now();
    if (now >= state.windowEnds) {
      state.messages = 0;
      state.windowEnds = now + WINDOW_MS;
    }
    state.lastMessage = now;
    state.messages += 1;
    if (state.messages <= this.options.maxMessagesPerMinute) return true;
    socket.close(POLICY_VIOLATION, 'too many messages');
    return false;
  }

  close(): void {
    clearInterval(this.timer);
    for (const socket of this.open.keys()) socket.terminate();
  }

  private remove(socket: TrackerSocket, network: string): void {
    this.open.delete(socket);
    const rest = (this.perNetwork.get(network) ?? 1) - 1;
    if (rest > 0) this.perNetwork.set(network, rest);
    else this.perNetwork.delete(network);
  }

  private reap(now: number): void {
    const silentSince = now - MISSED_ANNOUNCES * this.options.announceInterval * 1000;
    for (const [socket, state] of this.open) {
      const dead =
        !state.answered || state.lastMessage < silentSince || socket.bufferedAmount > MAX_UNREAD_BYTES;
      state.answered = false;
      if (dead) socket.terminate();
      else socket.ping();
    }
  }
}
