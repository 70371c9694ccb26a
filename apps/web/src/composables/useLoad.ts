import { onScopeDispose, shallowRef, type ShallowRef, watch } from 'vue';

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  loading: ShallowRef<boolean>;
  /** Asks again; what is shown stays until the answer is here. */
  reload: () => Promise<void>;
}

/** Loads with `load` now and whenever `key` changes. A newer load or the end of the component aborts the older one. */
export function useLoad<K, T>(key: () => K, load: (key: K, signal: AbortSignal) => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const error = shallowRef<unknown>(null);
  const loading = shallowRef(true);
  let running = new AbortController();

  async function reload(): Promise<void> {
    running.abort();
    const own = (running = new AbortController());
    loading.value = true;
    error.value = null;
    try {
      const answer = await load(key(), own.signal);
      if (!own.signal.aborted) data.value = answer;
    } catch (problem) {
      if (!own.signal.aborted) error.value = problem;
    } finally {
      if (!own.signal.aborted) loading.value = false;
    }
  }

  watch(
    key,
    () => {
      data.value = null;
      void reload();
    },
    { immediate: true },
  );
  onScopeDispose(() => running.abort());
  return { data, error, loading, reload };
}
