import type { Feed, FeedItem } from '@vidiverse/hooks';
import { Feed as FeedWriter } from 'feed';
import { escapeHtml } from '../shared/escape-html.js';
import type { FeedFormat } from './dto/feed-query.js';

/** Characters that XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** Of a feed of nothing: RSS and Atom have a date all the same. */
const NEVER = new Date(0);

export const MEDIA_TYPES: Record<FeedFormat, string> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/**
 * RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1. `self`: where the feed is served, without what its format is called by.
 * Enclosures are the files, so that podcast readers find them.
 */
export function writeFeed(feed: Feed, format: FeedFormat, self: string): string {
  const { title, description, url, image, items } = feed;
  const updated = items.map(({ updatedAt }) => new Date(updatedAt)).sort((a, b) => Number(b) - Number(a))[0];
  const writer = new FeedWriter({
    id: url,
    title: clean(title),
    description: clean(description),
    link: url,
    ...(image && { image, favicon: image }),
    updated: updated ?? NEVER,
    generator: 'Vidiverse',
    feedLinks: { [format]: self },
  });
  for (const item of items) writer.addItem(entry(item, format));
  if (format === 'rss') return writer.rss2();
  return format === 'atom' ? writer.atom1() : writer.json1();
}

/** RSS takes an address of electronic mail for an author, and one file, where a picture would take the video's place. */
function entry(item: FeedItem, format: FeedFormat) {
  const { id, url, title, description, author, publishedAt, updatedAt, image, file } = item;
  return {
    id,
    guid: id,
    link: url,
    // Atom's titles are HTML, as the writer declares them; the others' are text.
    title: format === 'atom' ? toHtml(title) : clean(title),
    description: toHtml(description),
    date: new Date(updatedAt),
    published: new Date(publishedAt),
    ...(format !== 'rss' && { author: [{ name: clean(author.name), link: author.url }] }),
    ...(format === 'json' && image && { image }),
    ...(file && { enclosure: { url: file.url, type: file.mediaType, length: file.size } }),
  };
}

/** Text as readers of feeds take it, who read HTML in descriptions. */
const toHtml = (text: string): string => escapeHtml(clean(text)).replaceAll('\n', '<br>');

const clean = (text: string): string => text.replace(NOT_IN_XML, '');
