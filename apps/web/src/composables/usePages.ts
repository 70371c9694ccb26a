import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { Page } from '../api/types';

/** The server answers no more in one page. */
const MOST_AT_ONCE = 100;

/** Items to skip, and to answer. */
export interface PageQuery {
  start: number;
  count: number;
}

/** A list that grows page by page, from the start again whenever `key` changes; `idOf` tells its items apart. */
export function usePages<K, T>(
  key: () => K,
  fetchPage: (key: K, page: PageQuery, signal: AbortSignal) => Promise<Page<T>>,
  { idOf, pageSize }: { idOf: (item: T) => number | string; pageSize: number },
) {
  const items = shallowRef<T[]>([]);
  const total = shallowRef(0);
  const loading = shallowRef(true);
  const error = shallowRef<unknown>(null);
  let running = new AbortController();

  /** Aborts what was asked for before. `take` puts the answer in its place. */
  async function fetchInto(page: PageQuery, take: (data: T[]) => T[]): Promise<void> {
    running.abort();
    const { signal } = (running = new AbortController());
    try {
      const answer = await fetchPage(key(), page, signal);
      if (signal.aborted) return;
      items.value = take(answer.data);
      total.value = answer.total;
      error.value = null;
    } catch (problem) {
      if (!signal.aborted) error.value = problem;
    } finally {
      if (!signal.aborted) loading.value = false;
    }
  }

  function load(start: number): Promise<void> {
    loading.value = true;
    error.value = null;
    return fetchInto({ start, count: pageSize }, (data) => joined(start === 0 ? [] : items.value, data));
  }

  /** What was added meanwhile pushes others onto the next page: these are here already. */
  function joined(first: T[], more: T[]): T[] {
    const known = new Set(first.map(idOf));
    return [...first, ...more.filter((item) => !known.has(idOf(item)))];
  }

  const reload = () => load(0);
  watch(
    key,
    () => {
      items.value = [];
      void reload();
    },
    { immediate: true },
  );
  onScopeDispose(() => running.abort());

  return {
    items,
    total,
    loading,
    error,
    hasMore: computed(() => items.value.length < total.value),
    reload,
    /** Asks again for what is shown, without a word; the page stays as it is until the answer is here. */
    async refresh(): Promise<void> {
      if (loading.value) return;
      const count = Math.min(MOST_AT_ONCE, Math.max(pageSize, items.value.length));
      await fetchInto({ start: 0, count }, (data) => joined(data, items.value.slice(count)));
    },
    loadMore: () => load(items.value.length),
    /** Takes an item out that is known to be gone. */
    forget(id: number | string) {
      items.value = items.value.filter((item) => idOf(item) !== id);
      total.value -= 1;
    },
  };
}
