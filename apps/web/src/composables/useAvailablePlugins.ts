import { ref } from 'vue';
import { useApi } from '../api';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

/** What the registry has; it is asked once somebody searches. */
export function useAvailablePlugins() {
  const api = useApi();
  const search = ref<string | null>(null);
  const pages = usePages(
    () => search.value,
    async (words, page, signal) =>
      words === null
        ? { total: 0, data: [] }
        : api.plugins.available({ ...page, search: words || undefined }, signal),
    { idOf: ({ npmName }) => npmName, pageSize: PAGE_SIZE },
  );
  return { search, ...pages };
}
