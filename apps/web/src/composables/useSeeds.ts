import { useApi } from '../api';
import { useLive } from './useLive';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

/** Videos of ours that other instances offer copies of, by name; kept up to date. */
export function useSeeds() {
  const api = useApi();
  const pages = usePages(
    () => 'seeds',
    (_key, page, signal) => api.caching.seeds({ ...page, sort: 'name' }, signal),
    { idOf: ({ id }) => id, pageSize: PAGE_SIZE },
  );
  useLive(pages.refresh, () =>
    pages.items.value.some(({ redundancies }) =>
      redundancies.files.some(({ state }) => state === 'unchecked'),
    ),
  );
  return pages;
}
