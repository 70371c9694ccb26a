import type { PlayerOptions } from './types';

/** What is known when a piece is wanted that is not there yet. */
export interface Need {
  /** The element has no data to go on with: at the start, after a seek, in a stall. */
  starving: boolean;
  /** Seconds of video that are buffered ahead of the playhead. */
  bufferedAhead: number;
  /** Whether a connected peer has the piece. */
  peersHaveIt: boolean;
  /** Seconds since the swarm was joined; null without a swarm. */
  inSwarmFor: number | null;
}

/**
 * Who is asked for the next piece. A seed when it is urgent; with a healthy buffer the peers; a seed again when there are
 * none, but only up to a healthy buffer.
 */
export function chooseSource(
  need: Need,
  options: Pick<PlayerOptions, 'urgent' | 'healthy' | 'joinGrace'>,
): 'seed' | 'wait' {
  if (need.starving || need.bufferedAhead < options.urgent) return 'seed';
  if (need.peersHaveIt) return 'wait';
  if (need.inSwarmFor !== null && need.inSwarmFor < options.joinGrace) return 'wait';
  return need.bufferedAhead < options.healthy ? 'seed' : 'wait';
}
