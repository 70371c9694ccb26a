import { computed, shallowRef } from 'vue';
import { useApi } from '../api';
import type { CachePolicyChange, CacheStrategy } from '../api/caching-types';
import { useAction } from './useAction';
import { useLoad } from './useLoad';

/** The cache policy: whether it is on and what it says of hosts holds at once, its strategies once they are saved. */
export function useCachePolicy() {
  const api = useApi();
  const { busy, run } = useAction();
  const draft = shallowRef<CacheStrategy[]>([]);
  const {
    data: policy,
    error,
    reload,
  } = useLoad(
    () => 'policy',
    async (_key, signal) => {
      const loaded = await api.caching.policy(signal);
      draft.value = loaded.strategies;
      return loaded;
    },
  );
  const isChanged = computed(
    () => policy.value !== null && JSON.stringify(draft.value) !== JSON.stringify(policy.value.strategies),
  );

  /** What is being written stays, unless it is what was saved. */
  const change = (what: string, changes: CachePolicyChange) =>
    run(what, async () => {
      const keeps = isChanged.value && !changes.strategies;
      policy.value = await api.caching.change(changes);
      if (!keeps) draft.value = policy.value.strategies;
    });

  return {
    policy,
    draft,
    isChanged,
    error,
    reload,
    busy,
    setEnabled: (enabled: boolean) => change('Caching could not be switched.', { enabled }),
    save: () => change('The strategies could not be saved.', { strategies: draft.value }),
    discard(): void {
      draft.value = policy.value?.strategies ?? [];
    },
    setHost: (host: string, allowed: boolean) =>
      run('That could not be said of the instance.', async () => {
        await api.caching.setHost(host, allowed);
        policy.value = { ...policy.value!, hosts: (await api.caching.policy()).hosts };
      }),
  };
}
