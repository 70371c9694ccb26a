import type { AnnounceParams } from 'bittorrent-tracker/server';
import { networkOf } from './announce-limits.js';

/** A peer that is within the limits wants to meet others. */
export interface Announce {
  /** 40 hex digits. */
  infoHash: string;
  transport: 'ws' | 'http';
  /** Null for the announces in between. */
  event: 'started' | 'completed' | null;
  /** As `networkOf` has it. */
  network: string;
}

/** Why the peer may not, in words for it; null when it may. */
export type AnnounceObjection = string | null | Promise<string | null>;

export type AskObjection = (announce: Announce) => AnnounceObjection;

/** What `ask` has against an announce. Whoever leaves, or answers an offer, needs no leave. */
export function objectionTo(params: AnnounceParams, ask: AskObjection | undefined): AnnounceObjection {
  const { info_hash: infoHash, type, event, ip = '', socket, answer } = params;
  if (!ask || event === 'stopped' || answer !== undefined) return null;
  return ask({
    infoHash,
    transport: type,
    event: event === 'started' || event === 'completed' ? event : null,
    network: socket?.network ?? networkOf(ip),
  });
}
