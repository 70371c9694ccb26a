import type { CacheCandidate, CacheFacts, CacheStrategy, CacheStrategyKind } from '../cache-facts.js';

interface Choice {
  wants(candidate: CacheCandidate, strategy: CacheStrategy): boolean;
  /** The best first. */
  order(a: CacheCandidate, b: CacheCandidate): number;
  /** For administrators. */
  why(candidate: CacheCandidate, strategy: CacheStrategy): string;
}

const newest = (a: CacheCandidate, b: CacheCandidate) => b.publishedAt.getTime() - a.publishedAt.getTime();

const CHOICES: Record<CacheStrategyKind, Choice> = {
  'most-views': {
    wants: ({ views }, { minViews = 0 }) => views >= minViews,
    order: (a, b) => b.views - a.views || newest(a, b),
    why: ({ views }) => `It has ${views} views.`,
  },
  trending: {
    wants: ({ recentViews }) => recentViews > 0,
    order: (a, b) => b.recentViews - a.recentViews || newest(a, b),
    why: ({ recentViews }) => `It was viewed ${recentViews} times in the last days.`,
  },
  'recently-added': {
    wants: () => true,
    order: newest,
    why: ({ publishedAt }) => `It was published at ${publishedAt.toISOString()}.`,
  },
  channels: {
    wants: ({ channel }, { channels = [] }) => channels.includes(channel),
    order: newest,
    why: ({ channel }) => `The channel ${channel} was chosen.`,
  },
  instance: {
    wants: ({ host }, { host: chosen }) => host === chosen,
    order: newest,
    why: ({ host }) => `Everything from ${host} was chosen.`,
  },
  manual: { wants: () => false, order: () => 0, why: () => 'An administrator chose it.' },
};

const BY_NAME = new Set<CacheStrategyKind>(['channels', 'instance']);

/** Whether a strategy names whom it takes files of: that says enough of their hosts. */
export const byName = ({ kind }: Pick<CacheStrategy, 'kind'>): boolean => BY_NAME.has(kind);

/** Whether the administrator lets files of this host be cached by this strategy. */
export const mayCacheFrom = (host: string, strategy: CacheStrategy, { hosts }: Pick<CacheFacts, 'hosts'>) =>
  hosts.get(host) ?? byName(strategy);

/** What a strategy wants, the best first. Of two alike, the older row: the order is the same each time. */
export function ranked(strategy: CacheStrategy, facts: CacheFacts): CacheCandidate[] {
  const { wants, order } = CHOICES[strategy.kind];
  return facts.candidates
    .filter((file) => file.size > 0 && mayCacheFrom(file.host, strategy, facts) && wants(file, strategy))
    .sort((a, b) => order(a, b) || a.fileId - b.fileId);
}

export const reasonFor = (strategy: CacheStrategy, candidate: CacheCandidate): string =>
  CHOICES[strategy.kind].why(candidate, strategy);
