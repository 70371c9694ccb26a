import { useApi } from '../api';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

/** The plugins that are installed here. */
export function usePlugins() {
  const api = useApi();
  return usePages(
    () => 'plugins',
    (_key, page, signal) => api.plugins.list({ ...page }, signal),
    { idOf: ({ name }) => name, pageSize: PAGE_SIZE },
  );
}
