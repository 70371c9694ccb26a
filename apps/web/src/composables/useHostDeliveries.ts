import { ref, shallowRef } from 'vue';
import { useApi } from '../api';
import type { DeliveryHost } from '../api/federation-types';
import { isUnderWay } from './useDeliveryHosts';
import { useLive } from './useLive';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

export type DeliveryFilter = 'all' | 'waiting' | 'refused' | 'dropped';

/** A host, and what it has not got; kept up to date. */
export function useHostDeliveries(host: () => string) {
  const api = useApi();
  const state = ref<DeliveryFilter>('all');
  const status = shallowRef<DeliveryHost | null>(null);
  const pages = usePages(
    () => ({ host: host(), state: state.value === 'all' ? undefined : state.value }),
    async (asked, page, signal) => {
      const answer = await api.deliveries.of(asked.host, { ...page, state: asked.state }, signal);
      status.value = answer.host;
      return answer;
    },
    { idOf: ({ id }) => id, pageSize: PAGE_SIZE },
  );
  useLive(pages.refresh, () => status.value !== null && isUnderWay(status.value));
  return { state, status, ...pages };
}
