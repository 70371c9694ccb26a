import type { Page, Video } from '../api/types';
import { type PageQuery, usePages } from './usePages';

const PAGE_SIZE = 24;

/** A list of videos that grows page by page, from the start again whenever `key` changes. */
export function useVideoPages<K>(
  key: () => K,
  fetchPage: (key: K, page: PageQuery, signal: AbortSignal) => Promise<Page<Video>>,
) {
  const { items: videos, ...pages } = usePages(key, fetchPage, { idOf: ({ id }) => id, pageSize: PAGE_SIZE });
  return { videos, ...pages };
}
