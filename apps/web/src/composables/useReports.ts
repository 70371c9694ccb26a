import { ref } from 'vue';
import { useApi } from '../api';
import { ReportState } from '../api/moderation-types';
import { useLive } from './useLive';
import { usePages } from './usePages';

const PAGE_SIZE = 20;

export type ReportFilter = 'open' | 'accepted' | 'rejected' | 'all';

const STATES: Record<ReportFilter, number | undefined> = {
  open: ReportState.Pending,
  accepted: ReportState.Accepted,
  rejected: ReportState.Rejected,
  all: undefined,
};

/** Reports by state, those that wait first to be seen; kept up to date. */
export function useReports() {
  const api = useApi();
  const filter = ref<ReportFilter>('open');
  const pages = usePages(
    () => filter.value,
    (of, page, signal) => api.reports.list({ ...page, state: STATES[of], sort: '-createdAt' }, signal),
    { idOf: ({ id }) => id, pageSize: PAGE_SIZE },
  );
  useLive(pages.refresh, () => false);
  return { filter, ...pages };
}
