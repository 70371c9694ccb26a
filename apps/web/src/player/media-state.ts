import type { Transfer } from './transfer-ledger';

/** How the video reaches the element. */
export type Delivery = 'swarm' | 'http';

/** Everything the controls show. Only the source's and the element's events write it; controls ask the player. */
export interface MediaState {
  paused: boolean;
  ended: boolean;
  /** Waiting for data while it should play. */
  stalled: boolean;
  /** Seconds. */
  currentTime: number;
  duration: number;
  /** Ranges in seconds. */
  buffered: Array<{ start: number; end: number }>;
  /** 0 to 1. */
  volume: number;
  muted: boolean;
  speed: number;
  /** Height in pixels that plays now. */
  resolution: number;
  /** What the viewer chose; null is automatic. */
  chosenResolution: number | null;
  delivery: Delivery;
  p2p: boolean;
  peers: number;
  /** Bytes per second, from and to peers. */
  peerSpeeds: { down: number; up: number };
  transfer: Transfer;
  /** Pieces of the file: 1 is here. Empty without a swarm. */
  pieces: boolean[];
  /** What went wrong, for the viewer; null when nothing did. */
  error: string | null;
}

export const initialState = (): MediaState => ({
  paused: true,
  ended: false,
  stalled: false,
  currentTime: 0,
  duration: 0,
  buffered: [],
  volume: 1,
  muted: false,
  speed: 1,
  resolution: 0,
  chosenResolution: null,
  delivery: 'http',
  p2p: true,
  peers: 0,
  peerSpeeds: { down: 0, up: 0 },
  transfer: { peers: 0, seeds: {}, uploaded: 0 },
  pieces: [],
  error: null,
});
