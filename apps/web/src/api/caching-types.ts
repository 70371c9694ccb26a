/** What the administration pages read of caching and of seeds (see `/api/docs`). Sizes are bytes, times ISO 8601, UTC. */

export const STRATEGY_KINDS = ['most-views', 'trending', 'recently-added', 'channels', 'instance'] as const;
export type StrategyKind = (typeof STRATEGY_KINDS)[number];

/** Whose budget it is in when an administrator asked for a copy. */
export const MANUAL = 'manual';

/** One way of choosing files of other instances. */
export interface CacheStrategy {
  kind: StrategyKind;
  /** Its own among the strategies. */
  name: string;
  budget: number;
  /** Seconds that a copy stays, at least. */
  minLifetime: number;
  /** Of `most-views`. */
  minViews?: number;
  /** Of `channels`: name@host. */
  channels?: string[];
  /** Of `instance`. */
  host?: string;
}

/** What was said of an instance. */
export interface CacheHost {
  host: string;
  redundancyAllowed: boolean;
}

export interface CachePolicy {
  enabled: boolean;
  /** In the order in which they choose. */
  strategies: CacheStrategy[];
  hosts: CacheHost[];
}

/** What is left out stays. */
export type CachePolicyChange = Partial<Pick<CachePolicy, 'enabled' | 'strategies'>>;

export interface CacheAddition {
  fileId: number;
  title: string;
  strategy: string;
  /** Its place among what the strategy wants, from 1. */
  rank: number;
  size: number;
  reason: string;
}

export interface CacheEviction {
  copyId: number;
  /** Of its video, or the address of one that is gone. */
  title: string;
  strategy: string;
  size: number;
  reason: string;
}

export interface CachePreview {
  add: CacheAddition[];
  /** Comes once what must leave for it is gone. */
  addLater: CacheAddition[];
  evict: CacheEviction[];
  /** `planned`: once all of it is done. */
  budgets: Array<{ strategy: string; budget: number; used: number; planned: number }>;
}

export type CopyState = 'wanted' | 'fetching' | 'cached' | 'evicting' | 'failed';

/** Our copy of a file of another instance. */
export interface CachedCopy {
  id: number;
  /** `name` is null when the video is gone. */
  video: { uuid: string; name: string | null; url: string; host: string };
  resolution: number;
  size: number;
  strategy: string;
  reason: string;
  state: CopyState;
  verifiedBytes: number;
  /** By the address of the seed that sent them. */
  bytesFrom: Record<string, number>;
  /** Seeds that sent wrong bytes. */
  badSeeds: string[];
  servedBytes: number;
  error: string | null;
  /** Once it is whole. */
  fileUrl: string | null;
  /** What the origin says of the video, as it was kept. */
  documentUrl: string | null;
  /** The account whose signature it has; null when the origin signs none. */
  documentSignedBy: string | null;
  createdAt: string;
  cachedAt: string | null;
  /** Until when it is promised to others. */
  expiresAt: string | null;
}

/** Of one strategy, also of one that is gone and still holds something. */
export interface CacheStatistics {
  strategy: string;
  /** The budget; 0 for a strategy that is gone. */
  totalSize: number;
  /** Of whole copies. */
  totalUsed: number;
  totalVideoFiles: number;
  totalVideos: number;
  /** With copies on their way, and those that leave. */
  totalHeld: number;
  totalServed: number;
}

export type SeedState = 'unchecked' | 'listed' | 'quarantined' | 'dropped';

/** How the checks of a seed went. */
export interface SeedHealth {
  /** Failed checks in a row. */
  errors: number;
  /** Of its checks, the newest counting most: 0 never failed, 1 always. */
  failureRate: number;
  /** Bytes per second; null before the first measurement. */
  throughput: number | null;
  checkedAt: string | null;
  /** Null: it is not looked at any more. */
  checkDueAt: string | null;
  lastError: string | null;
}

/** A copy of a file of ours that another instance offers. */
export interface Seed {
  id: number;
  fileUrl: string;
  createdAt: string;
  /** Null: until it is taken back. */
  expiresOn: string | null;
  size: number;
  state: SeedState;
  health: SeedHealth;
}

/** A video of ours with the copies of its files. */
export interface SeededVideo {
  id: number;
  name: string;
  uuid: string;
  redundancies: { files: Seed[] };
}
