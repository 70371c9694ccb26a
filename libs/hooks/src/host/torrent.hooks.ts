import { defineFilter, defineGuard } from '../hook.js';

/** A peer tells the tracker of this instance that it is in a swarm. */
export interface TrackerAnnounce {
  /** 40 hex digits, of a video that whoever has the link may see. */
  readonly infoHash: string;
  readonly transport: 'ws' | 'http';
  /** Null for the announces in between. */
  readonly event: 'started' | 'completed' | null;
  /** An IPv4 address, or the first 64 bits of an IPv6 address. It says who somebody is: keep it no longer than needed. */
  readonly network: string;
}

export const trackerAnnounced = defineGuard<TrackerAnnounce>({
  name: 'torrents.tracker.announce',
  description: `
Called for each announce of a known info hash that is within the tracker's limits, but for those of peers that leave: often, so that the answer should need
nothing but memory. After \`hold\` and \`refuse\` alike the peer is told the reason and gets no peers; clients announce
again by themselves.`,
  example: `({ network }) => (network.startsWith('198.51.100.') ? refuse('not from this network') : undefined)`,
});

/** What stands in a .torrent beside the file's own pieces: it does not change the info hash. */
export interface TorrentAddresses {
  /** Announce URLs, the most wanted first. */
  readonly trackers: readonly string[];
  /** URLs of the whole file (BEP 19). */
  readonly webSeeds: readonly string[];
}

export interface TorrentContext {
  readonly videoId: number;
  readonly fileId: number;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
}

export const torrentBuilt = defineFilter<TorrentAddresses, TorrentContext>({
  name: 'torrents.torrent.build',
  description: `
Called when the .torrent of a file of a video of this instance is made, again when that is tried again. Addresses that are no http, https, ws or
wss URLs are left out.`,
  example: `(addresses) => ({ ...addresses, trackers: [...addresses.trackers, 'wss://tracker.example/'] })`,
});
