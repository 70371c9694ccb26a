import { useApi } from '../api';
import type { CachePolicyChange } from '../api/caching-types';
import { useLoad } from './useLoad';

/** Files that come or go, named and with the reason. */
export interface PreviewItem {
  id: number;
  title: string;
  strategy: string;
  /** Bytes. */
  size: number;
  reason: string;
}

/** What would come and go with this policy; asked for anew when `key` changes. */
export function useCachePreview(key: () => string, policy: () => CachePolicyChange) {
  const api = useApi();
  return useLoad(key, async (_key, signal) => {
    const { add, addLater, evict, budgets } = await api.caching.preview(policy(), signal);
    return {
      add: add.map((addition) => ({ ...addition, id: addition.fileId })),
      addLater: addLater.map((addition) => ({ ...addition, id: addition.fileId })),
      evict: evict.map((eviction) => ({ ...eviction, id: eviction.copyId })),
      budgets,
    };
  });
}
