import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Tracker, type TrackerOptions } from '../src/tracker/tracker.js';
import { MemoryKnownHashes } from './memory-known-hashes.js';

/** A tracker on a port of its own; everyone's address is the one in `x-address`, else 127.0.0.1. */
export interface TrackerServer {
  readonly tracker: Tracker;
  readonly known: MemoryKnownHashes;
  /** A hash that it serves. */
  readonly infoHash: string;
  /** `ws://127.0.0.1:<port>` */
  readonly url: string;
  announceByHttp(query: string, address?: string): Promise<string>;
  scrapeByHttp(query: string): Promise<string>;
  close(): Promise<void>;
}

const OPTIONS: TrackerOptions = {
  announceInterval: 120,
  maxAnnouncesPerMinute: 120,
  maxHashesPerSocket: 50,
  maxSocketsPerAddress: 100,
  maxMessagesPerMinute: 3000,
  maxMessageBytes: 64 * 1024,
  maxOffers: 10,
  heartbeat: 60_000,
};

export async function createTrackerServer(options: Partial<TrackerOptions> = {}): Promise<TrackerServer> {
  const infoHash = randomBytes(20).toString('hex');
  const known = new MemoryKnownHashes(new Set([infoHash]));
  const tracker = new Tracker(known, { ...OPTIONS, ...options });
  const addressOf = (header: string | string[] | undefined) => String(header ?? '127.0.0.1');
  const server = createServer((request, response) => {
    const action = request.url!.includes('/scrape') ? 'scrape' : 'announce';
    tracker.http(request, response, action, addressOf(request.headers['x-address']));
  });
  server.on('upgrade', (request, socket, head) =>
    tracker.upgrade(request, socket, head, addressOf(request.headers['x-address'])),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string, address?: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: address ? { 'x-address': address } : {},
    });
    return Buffer.from(await response.arrayBuffer()).toString('latin1');
  };
  return {
    tracker,
    known,
    infoHash,
    url: `ws://127.0.0.1:${port}`,
    announceByHttp: (query, address) => ask(`/tracker/announce?${query}`, address),
    scrapeByHttp: (query) => ask(`/tracker/scrape?${query}`),
    close: () => {
      tracker.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
