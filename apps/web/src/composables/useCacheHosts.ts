import { computed } from 'vue';
import { useApi } from '../api';
import type { CacheHost } from '../api/caching-types';
import { usePages } from './usePages';

const PAGE_SIZE = 50;

export interface HostChoice {
  host: string;
  /** Null: nothing was said of it. */
  allowed: boolean | null;
}

/** The instances that something was said of, then the others that this one follows something of. */
export function useCacheHosts(said: () => CacheHost[]) {
  const api = useApi();
  const pages = usePages(
    () => 'followed',
    (_key, page, signal) => api.follows.following({ ...page, state: 'accepted' }, signal),
    { idOf: ({ id }) => id, pageSize: PAGE_SIZE },
  );
  const hosts = computed<HostChoice[]>(() => {
    const first = said().map(({ host, redundancyAllowed }) => ({ host, allowed: redundancyAllowed }));
    const known = new Set(first.map(({ host }) => host));
    const followed = new Set(pages.items.value.map(({ following }) => following.host));
    const others = [...followed].filter((host) => !known.has(host));
    return [...first, ...others.map((host) => ({ host, allowed: null }))];
  });
  return { ...pages, hosts };
}
