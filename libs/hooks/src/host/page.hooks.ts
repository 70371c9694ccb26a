import { defineFilter } from '../hook.js';
import type { JsonObject } from './json.js';
import type { VideoRow } from './video.data.js';

/** A meta element; Open Graph names stand in `property`, all others in `name`. */
export interface MetaTag {
  readonly attribute: 'name' | 'property';
  /** `description`, `og:title`, ... */
  readonly key: string;
  readonly content: string;
}

/** The head of a page, as data: it is escaped when it is written. */
export interface PageHead {
  readonly title: string;
  readonly meta: readonly MetaTag[];
  /** Such as the canonical address, or a feed. */
  readonly links: ReadonlyArray<{ readonly rel: string; readonly href: string; readonly type?: string }>;
  /** schema.org's description of the page; null without one. */
  readonly structured: JsonObject | null;
}

export interface PageHeadContext {
  /** The one that the page is about; null for all other pages. */
  readonly video: VideoRow | null;
  readonly page: 'site' | 'watch' | 'embed';
}

export const pageHeadBuilt = defineFilter<PageHead, PageHeadContext>({
  name: 'web.head.build',
  description: `
Called for each page of the web app that is served, as a visitor who is not logged in sees it. It is there for search engines, link cards
and feed readers. Texts are escaped, and scripts cannot be added; a plugin's own come with its web part. An answer that is no such head is not used.`,
  example: `(head) => ({ ...head, meta: [...head.meta, { attribute: 'name', key: 'author', content: 'Us' }] })`,
});
