import { ref } from 'vue';
import { useApi } from '../api';
import type { CachedCopy, CopyState } from '../api/caching-types';
import { useLive } from './useLive';
import { usePages } from './usePages';

const PAGE_SIZE = 20;
const MOVING: CopyState[] = ['wanted', 'fetching', 'evicting'];

export type CopyFilter = 'all' | CopyState;

/** Our copies of files of other instances by state, the newest first; kept up to date. */
export function useCachedFiles() {
  const api = useApi();
  const state = ref<CopyFilter>('all');
  const pages = usePages(
    () => (state.value === 'all' ? undefined : state.value),
    (of, page, signal) => api.caching.copies({ ...page, state: of }, signal),
    { idOf: ({ id }) => id, pageSize: PAGE_SIZE },
  );
  useLive(pages.refresh, () => pages.items.value.some(isMoving));
  return { state, ...pages };
}

const isMoving = ({ state }: CachedCopy) => MOVING.includes(state);
