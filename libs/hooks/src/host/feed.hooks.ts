import { defineFilter } from '../hook.js';

/** An entry of a feed. Times are ISO 8601 in UTC; texts are plain, and escaped when they are written. */
export interface FeedItem {
  /** Stays the same for ever. */
  readonly id: string;
  /** The page that it is about. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly author: { readonly name: string; readonly url: string };
  readonly publishedAt: string;
  readonly updatedAt: string;
  /** A picture; null without one. */
  readonly image: string | null;
  /** The best file that can be played; null without one. `size` in bytes. */
  readonly file: { readonly url: string; readonly mediaType: string; readonly size: number } | null;
}

/** A feed, as data. */
export interface Feed {
  readonly title: string;
  readonly description: string;
  /** The page that it is the feed of. */
  readonly url: string;
  readonly image: string | null;
  /** The newest first. */
  readonly items: readonly FeedItem[];
}

export interface FeedContext {
  readonly format: 'rss' | 'atom' | 'json';
  /** Whose videos, as `name@host`; null: all of the instance. */
  readonly account: string | null;
  readonly channel: string | null;
}

export const feedBuilt = defineFilter<Feed, FeedContext>({
  name: 'feeds.feed.build',
  description: `
Called for each feed of videos that is served (\`/feeds/videos.xml\`, \`.atom\`, \`.json\`), with what a visitor who is not logged in may see.
An answer that is no such feed is not used.`,
  example: `(feed) => ({ ...feed, items: feed.items.filter(({ title }) => !title.startsWith('Draft')) })`,
});
