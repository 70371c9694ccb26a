import { type Api, useApi } from '../api';
import type { CachePolicyChange, CachePreview } from '../api/caching-types';
import { useLoad } from './useLoad';

const PAGE_SIZE = 100;

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
    const titles = await titlesOf(api, evict, signal);
    return {
      add: add.map((addition) => ({ ...addition, id: addition.fileId })),
      addLater: addLater.map((addition) => ({ ...addition, id: addition.fileId })),
      evict: evict.map((one) => ({
        ...one,
        id: one.copyId,
        title: titles.get(one.copyId) ?? 'A video that is gone',
      })),
      budgets,
    };
  });
}

/** Copies that go are known by their number only: their videos stand in the list of copies. */
async function titlesOf(
  api: Api,
  evict: CachePreview['evict'],
  signal: AbortSignal,
): Promise<Map<number, string | null>> {
  const titles = new Map<number, string | null>();
  for (let start = 0; evict.some(({ copyId }) => !titles.has(copyId)); start += PAGE_SIZE) {
    const { data } = await api.caching.copies({ start, count: PAGE_SIZE }, signal);
    if (data.length === 0) break;
    for (const { id, video } of data) titles.set(id, video.name);
  }
  return titles;
}
