import { afterEach } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { TrackerOptions } from '../src/tracker/tracker.js';
import { PeerSocket } from './peer-socket.js';
import { createTrackerServer, type TrackerServer } from './tracker-server.js';

/** Trackers and peers that are closed after each test. */
export interface TrackerLab {
  start(options?: Partial<TrackerOptions>): Promise<TrackerServer>;
  /** A peer from `address`, by default 127.0.0.1. */
  peer(server: TrackerServer, address?: string): Promise<PeerSocket>;
  /** Two peers of the swarm: the first was offered something by the second. */
  pair(server: TrackerServer): Promise<{ first: PeerSocket; second: PeerSocket; offerId: string }>;
}

export function useTrackerLab(): TrackerLab {
  const opened: Array<{ close(): unknown }> = [];

  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  });

  async function start(options: Partial<TrackerOptions> = {}): Promise<TrackerServer> {
    const server = await createTrackerServer(options);
    opened.push(server);
    return server;
  }

  async function peer({ url }: TrackerServer, address?: string): Promise<PeerSocket> {
    const socket = await PeerSocket.open(url, address ? { headers: { 'x-address': address } } : {});
    opened.push(socket);
    return socket;
  }

  async function pair(server: TrackerServer) {
    const [first, second] = [await peer(server), await peer(server)];
    await first.join(server.infoHash);
    await second.join(server.infoHash);
    const received = await first.next();
    return { first, second, offerId: String(received.offer_id) };
  }

  return { start, peer, pair };
}

/** The query of an HTTP announce by a peer of its own. */
export const announceQuery = (infoHash: string, more = ''): string =>
  `info_hash=${infoHash.replace(/../g, '%$&')}&peer_id=-XX0000-${randomBytes(6).toString('hex')}&port=6881&left=1${more}`;
