import { defineFilter, defineGuard } from '../hook.js';
import type { VideoReference } from './video.data.js';

/** Another instance has a copy of a file of ours, or of one that we know, and offers it as a WebSeed. */
export interface CacheOffer {
  /** Id of its CacheFile. */
  readonly id: string;
  readonly actorUrl: string;
  readonly host: string;
  /** Where the copy is served. */
  readonly url: string;
  /** ISO 8601; null: until it is taken back. */
  readonly expiresAt: string | null;
  readonly video: VideoReference;
  readonly file: {
    readonly id: number;
    /** Height in pixels. */
    readonly resolution: number;
    /** Bytes. */
    readonly size: number;
  };
}

export const cacheOffered = defineGuard<CacheOffer>({
  name: 'seeds.copy.offer',
  description: `
Called when an instance that may offer copies offers one, before the copy is checked, and when it offers it for longer. \`refuse\` drops the offer, with the
reason; \`hold\` lets it wait like an activity that failed: it is tried again, a few times.`,
  example: `({ host }) => (host === 'cellar.example' ? refuse('Its line is too slow.') : undefined)`,
});

/** A checked copy of a file on another instance. */
export interface RankedSeed {
  readonly url: string;
  readonly host: string;
  /** Bytes per second, as this instance measured; null before the first check. */
  readonly throughput: number | null;
  /** Of its checks: 0 never failed, 1 always. */
  readonly failureRate: number;
  /** ISO 8601. */
  readonly expiresAt: string | null;
}

export interface SeedListContext {
  readonly videoUuid: string;
  readonly fileId: number;
}

export const seedListRanked = defineFilter<readonly RankedSeed[], SeedListContext>({
  name: 'seeds.list.rank',
  description: `
Called whenever the WebSeeds of a file that has copies are listed: in the API with its magnet link, and in the .torrent.
Other servers are told of all of them. The best stands first; the
origin's own WebSeed is not among them and comes before all. The answer is the same seeds in another order, or fewer.
What was not there before is left out.`,
  example: `(seeds) => seeds.filter(({ failureRate }) => failureRate < 0.5)`,
});
