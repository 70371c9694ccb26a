import { ref } from 'vue';
import { useApi } from '../api';
import type { FollowState } from '../api/federation-types';
import { useLive } from './useLive';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

export type FollowerFilter = 'all' | FollowState;

/** Who follows this instance, or wants to, by state and words; kept up to date. */
export function useFollowers() {
  const api = useApi();
  const state = ref<FollowerFilter>('all');
  const search = ref('');
  const pages = usePages(
    () => ({ state: state.value === 'all' ? undefined : state.value, search: search.value || undefined }),
    (filters, page, signal) => api.follows.followers({ ...page, ...filters, sort: '-createdAt' }, signal),
    { idOf: ({ id }) => id, pageSize: PAGE_SIZE },
  );
  useLive(pages.refresh, () => false);
  return { state, search, ...pages };
}
