import { shallowRef } from 'vue';
import { useApi } from '../api';
import type { VideoDetails } from '../api/types';
import { usePages } from './usePages';

const PAGE_SIZE = 15;

/** The comments on a video, the newest first. */
export function useComments(video: () => VideoDetails) {
  const api = useApi();
  /** With answers, without deleted ones. */
  const count = shallowRef(video().comments);
  const { items: threads, ...pages } = usePages(
    () => video().uuid,
    async (uuid, page, signal) => {
      const answer = await api.comments.threads(uuid, { ...page, sort: '-createdAt' }, signal);
      count.value = answer.totalNotDeletedComments;
      return answer;
    },
    { idOf: ({ id }) => id, pageSize: PAGE_SIZE },
  );

  async function create(text: string): Promise<void> {
    await api.comments.create(video().uuid, text);
    await pages.refresh();
  }

  return { threads, count, ...pages, create };
}
