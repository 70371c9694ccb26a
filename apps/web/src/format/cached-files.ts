import type { CachedCopy } from '../api/caching-types';
import { strategyName } from './cache-strategies';
import { formatAgo, formatBytes, formatDate } from './index';

/** What it is a copy of, and for which budget. */
export function copyFacts({ video, resolution, size, strategy }: CachedCopy): string {
  const height = resolution > 0 ? ` · ${resolution}p` : '';
  return `from ${video.host}${height} · ${formatBytes(size)} · ${strategyName(strategy)}`;
}

/** What became of it, in a sentence or two. */
export function copyStatus(copy: CachedCopy): string {
  const { state, size, verifiedBytes, cachedAt, expiresAt, servedBytes } = copy;
  if (state === 'wanted') return 'It is fetched soon.';
  if (state === 'fetching')
    return `${formatBytes(verifiedBytes)} of ${formatBytes(size)} are here and proven.`;
  if (state === 'failed') return 'It could not be had, and is left alone for a while.';
  if (state === 'evicting') return 'The others are told that it goes; then its bytes are removed.';
  const since = cachedAt ? `Cached ${formatAgo(cachedAt)}` : 'Cached';
  const until = expiresAt ? `, promised to others until ${formatDate(expiresAt)}` : '';
  return `${since}${until}. ${formatBytes(servedBytes)} served.`;
}

/** Why it did not go well; null when it does. */
export function copyTrouble({ state, error }: CachedCopy): string | null {
  if (error === null) return null;
  return state === 'failed' ? error : `The last try failed: ${error}`;
}

/** Who sent its bytes, the most first, by host. */
export function copySources({ bytesFrom }: Pick<CachedCopy, 'bytesFrom'>): Array<[string, number]> {
  const sums = new Map<string, number>();
  for (const [url, bytes] of Object.entries(bytesFrom))
    sums.set(hostOf(url), (sums.get(hostOf(url)) ?? 0) + bytes);
  return [...sums].sort(([, a], [, b]) => b - a);
}

/** The host of an address; what is none stays as it is. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
