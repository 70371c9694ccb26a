/** Times are ISO 8601. */
export interface FeedItem {
  /** Stays the same for ever. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  readonly author: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
}

/** A feed before it is written as Atom. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The page that it is the feed of. */
  readonly url: string;
  /** The newest first. */
  readonly items: readonly FeedItem[];
}
