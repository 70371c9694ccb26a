import { watch } from 'vue';
import { useApi } from '../api';
import type { CacheStatistics } from '../api/caching-types';
import { useLive } from './useLive';
import { useLoad } from './useLoad';

/** What each strategy has of its budget; kept up to date, and asked for anew when `policy` changes. */
export function useCacheStatistics(policy: () => unknown) {
  const api = useApi();
  const statistics = useLoad(
    () => 'statistics',
    (_key, signal) => api.caching.statistics(signal),
  );
  watch(policy, () => void statistics.reload());
  useLive(statistics.reload, () => (statistics.data.value ?? []).some(isMoving));
  return statistics;
}

const isMoving = ({ totalHeld, totalUsed }: CacheStatistics) => totalHeld !== totalUsed;
