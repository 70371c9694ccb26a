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
Called for each page that is served, as a visitor who is not logged in sees it. It is there for search engines, link cards
and feed readers. Texts are escaped, and scripts cannot be added; a plugin's own come with its web part.`,
  example: `(head) => ({ ...head, meta: [...head.meta, { attribute: 'name', key: 'author', content: 'Us' }] })`,
});

export interface FeedItem {
  /** Stays the same for ever. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  readonly authors: readonly string[];
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly enclosure: {
    readonly url: string;
    readonly mediaType: string;
    /** Bytes. */
    readonly size: number;
  } | null;
}

/** A feed before it is written as Atom, RSS or JSON. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The page that it is the feed of. */
  readonly url: string;
  /** The newest first. */
  readonly items: readonly FeedItem[];
}

export interface FeedContext {
  /** What it is of: all public videos, or those of one account or channel; comments of all, or of one video. */
  readonly of: 'videos' | 'comments';
  /** `name@host` of an account or channel; null for the whole instance. */
  readonly handle: string | null;
}

export const feedBuilt = defineFilter<Feed, FeedContext>({
  name: 'web.feed.build',
  description: `
Called for each feed, before it is written in the form that was asked for. Feeds are public: they show what a visitor sees.
A plugin that serves a feed of its own calls this hook as well, so that others can add to it.`,
  example: `(feed) => ({ ...feed, items: feed.items.slice(0, 20) })`,
});
