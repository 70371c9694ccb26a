/** What a strategy goes by. `manual` holds what an administrator chose by hand; nothing is added to it or taken from it here. */
export type CacheStrategyKind =
  'most-views' | 'trending' | 'recently-added' | 'channels' | 'instance' | 'manual';

/** One way of choosing what to cache, with the room that it has for itself. */
export interface CacheStrategy {
  /** Stands with what was cached for it; one name, one budget. */
  name: string;
  kind: CacheStrategyKind;
  /** Bytes. */
  budget: number;
  /** Milliseconds that a copy stays, unless its video goes or the budget shrinks. */
  minLifetime: number;
  /** For `most-views`: fewer are not worth a copy. */
  minViews?: number;
  /** For `channels`: `name@host`. */
  channels?: string[];
  /** For `instance`. */
  host?: string;
}

/** A file of another instance's public video. */
export interface CacheCandidate {
  fileId: number;
  videoUuid: string;
  title: string;
  /** `name@host` */
  channel: string;
  host: string;
  /** Bytes. */
  size: number;
  /** Seconds. */
  duration: number;
  views: number;
  /** Of the last days. */
  recentViews: number;
  publishedAt: Date;
}

/** A copy that is here, on its way here, or on its way out. */
export interface HeldCopy {
  copyId: number;
  /** Null when its video is gone, or has another file by now. */
  fileId: number | null;
  /** Of its video, or the address of one that is gone. */
  title: string;
  strategy: string;
  size: number;
  /** Being removed: its room is free only once it is gone. */
  leaving: boolean;
  heldSince: Date;
}

export interface CacheFacts {
  now: Date;
  /** In the order in which they choose. */
  strategies: CacheStrategy[];
  candidates: CacheCandidate[];
  held: HeldCopy[];
  /**
   * What an administrator said of hosts: nothing of one that is `false` is cached. Of one that nobody spoke of, only what
   * is chosen by name (`channels`, `instance`).
   */
  hosts: ReadonlyMap<string, boolean>;
}

/** Of plugins: whether a file may be cached. One that throws says no. */
export type CacheGuard = (candidate: CacheCandidate, strategy: CacheStrategy) => boolean;

/** Of plugins: the order in which a strategy takes files; those left out are not taken. One that throws changes nothing. */
export type CacheFilter = (ranked: CacheCandidate[], strategy: CacheStrategy) => CacheCandidate[];

export interface CacheExtensions {
  guards: readonly CacheGuard[];
  filters: readonly CacheFilter[];
}
