import { ref } from 'vue';
import { useApi } from '../api';
import type { DeliveryHost, HostState } from '../api/federation-types';
import { useLive } from './useLive';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

export type HostFilter = 'all' | HostState;

/** How deliveries to each host are going, kept up to date. */
export function useDeliveryHosts() {
  const api = useApi();
  const state = ref<HostFilter>('all');
  const search = ref('');
  const pages = usePages(
    () => ({ state: state.value === 'all' ? undefined : state.value, search: search.value || undefined }),
    (filters, page, signal) => api.deliveries.hosts({ ...page, ...filters }, signal),
    { idOf: ({ host }) => host, pageSize: PAGE_SIZE },
  );
  useLive(pages.refresh, () => pages.items.value.some(isUnderWay));
  return { state, search, ...pages };
}

export const isUnderWay = ({ state, waiting }: DeliveryHost): boolean => state !== 'paused' && waiting > 0;
