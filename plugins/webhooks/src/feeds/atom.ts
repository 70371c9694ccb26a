import type { Feed, FeedItem } from './feed.js';

/** Characters that XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Of a feed of nothing: an `updated` must be there. */
const NEVER = '1970-01-01T00:00:00.000Z';

/** A feed as Atom: https://www.rfc-editor.org/rfc/rfc4287. `selfUrl`: where it is served. */
export function toAtom(feed: Feed, selfUrl: string): string {
  const updated =
    feed.items
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1) ?? NEVER;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', feed.id),
    element('title', feed.title),
    element('subtitle', feed.description),
    element('updated', updated),
    person(feed.title),
    link({ rel: 'self', type: 'application/atom+xml', href: selfUrl }),
    link({ rel: 'alternate', type: 'text/html', href: feed.url }),
    ...feed.items.map(entry),
    '</feed>',
    '',
  ].join('\n');
}

const entry = ({ id, url, title, summary, author, publishedAt, updatedAt }: FeedItem): string =>
  [
    '<entry>',
    element('id', id),
    element('title', title),
    element('published', publishedAt),
    element('updated', updatedAt),
    person(author),
    link({ rel: 'alternate', type: 'text/html', href: url }),
    element('summary', summary),
    '</entry>',
  ].join('\n');

const person = (name: string): string => `<author>${element('name', name)}</author>`;

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const link = (attributes: Record<string, string>): string =>
  `<link ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ')}/>`;

const escaped = (text: string): string =>
  text.replace(NOT_IN_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
