import type {
  CachedCopy,
  CachePolicy,
  CachePolicyChange,
  CachePreview,
  CacheStatistics,
  SeededVideo,
} from './caching-types';
import type { HttpClient, Query } from './http-client';
import type { Page } from './types';

const part = encodeURIComponent;

/** What is cached here and who caches what is ours, for administrators. Every method throws ApiError. */
export const cachingApi = (http: HttpClient) => ({
  policy: (signal?: AbortSignal) => http.json<CachePolicy>('GET', 'server/caching/policy', { signal }),
  change: (change: CachePolicyChange) =>
    http.json<CachePolicy>('PUT', 'server/caching/policy', { body: change }),
  /** What would come and go with this policy. Nothing is done. */
  preview: (change: CachePolicyChange, signal?: AbortSignal) =>
    http.json<CachePreview>('POST', 'server/caching/preview', { body: change, signal }),
  statistics: (signal?: AbortSignal) =>
    http.json<CacheStatistics[]>('GET', 'server/caching/statistics', { signal }),
  setHost: (host: string, redundancyAllowed: boolean) =>
    http.none('PUT', `server/redundancy/${part(host)}`, { body: { redundancyAllowed } }),
  copies: (query: Query, signal?: AbortSignal) =>
    http.json<Page<CachedCopy>>('GET', 'server/caching/files', { query, signal }),
  /** Every file of another instance's video. */
  addCopy: (videoId: number) => http.none('POST', 'server/redundancy/videos', { body: { videoId } }),
  removeCopy: (id: number) => http.none('DELETE', `server/redundancy/videos/${id}`),
  /** Videos of ours with the copies that others offer. */
  seeds: (query: Query, signal?: AbortSignal) =>
    http.json<Page<SeededVideo>>('GET', 'server/redundancy/videos', {
      query: { ...query, target: 'my-videos' },
      signal,
    }),
  /** Looks at a seed now; one that was dropped begins anew. */
  checkSeed: (id: number) => http.none('POST', `server/seeds/${id}/check`),
  dropSeed: (id: number) => http.none('DELETE', `server/seeds/${id}`),
});
