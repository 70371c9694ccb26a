import { computed } from 'vue';
import { useApi } from '../api';
import type { Follow } from '../api/federation-types';
import { useLive } from './useLive';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

/** Whom this instance follows, and whom it looks for; kept up to date. */
export function useFollowing() {
  const api = useApi();
  const options = { idOf: ({ id }: { id: number }) => id, pageSize: PAGE_SIZE };
  const follows = usePages(
    () => 'following',
    (_key, page, signal) => api.follows.following({ ...page, sort: '-createdAt' }, signal),
    options,
  );
  const targets = usePages(
    () => 'targets',
    (_key, page, signal) => api.follows.targets({ ...page }, signal),
    options,
  );

  const isUnderWay = computed(
    () => targets.items.value.some(({ state }) => state === 'looking') || follows.items.value.some(mayChange),
  );
  const refresh = async () => void (await Promise.all([follows.refresh(), targets.refresh()]));
  useLive(refresh, () => isUnderWay.value);
  return { follows, targets, refresh };
}

const mayChange = ({ state, crawl }: Follow) =>
  state === 'pending' || crawl?.state === 'waiting' || crawl?.state === 'running';
