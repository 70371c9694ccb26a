import { defineFilter, defineGuard } from '../hook.js';

/** A file of another instance's public video, which may be cached here. */
export interface CacheCandidate {
  readonly fileId: number;
  /** Of its video, here. */
  readonly videoUuid: string;
  readonly title: string;
  /** `name@host` */
  readonly channel: string;
  readonly host: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds. */
  readonly duration: number;
  readonly views: number;
  /** Of the last days. */
  readonly recentViews: number;
  /** ISO 8601. */
  readonly publishedAt: string;
}

export interface ScoredCandidate extends CacheCandidate {
  /** 0 to begin with. Higher comes first; among the same, the strategy's own order stays. Add to it, so that plugins add up. */
  readonly score: number;
}

/** One way of choosing what to cache, as an administrator set it up. */
export interface CacheStrategy {
  readonly name: string;
  readonly kind: 'most-views' | 'trending' | 'recently-added' | 'channels' | 'instance' | 'manual';
  /** Bytes. */
  readonly budget: number;
}

export interface CacheContext {
  readonly strategy: CacheStrategy;
}

export const cacheCandidatesRanked = defineFilter<readonly ScoredCandidate[], CacheContext>({
  name: 'caching.candidates.rank',
  description: `
Called in each round of caching, and for its preview, with all files that a strategy may take: the best first by the
strategy. The answer has the same files with their scores; one that is left out is not taken in this round.`,
  example: `(candidates) =>
    candidates.map((file) => ({ ...file, score: file.score + (file.host === 'slow.example' ? 10 : 0) }))`,
});

export interface CacheChoice extends CacheContext {
  readonly candidate: CacheCandidate;
}

export const cacheCandidateChosen = defineGuard<CacheChoice>({
  name: 'caching.candidate.take',
  description: `
Called for each file that a round of caching is about to fetch; also by its preview, so that it must change nothing. After
\`hold\` and \`refuse\` alike the file is not taken in this round; the next one asks again.`,
  example: `({ candidate }) => (candidate.size > 2 ** 30 ? refuse('Larger than a gigabyte.') : undefined)`,
});
