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

export interface Entry {
  /** An IRI that stays the same for ever. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** A feed before it is written. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  /** Where it is served. */
  readonly self: string;
  /** The page that it is the feed of. */
  readonly url: string;
  readonly author: string;
  /** The newest first. */
  readonly entries: readonly Entry[];
}

/** A feed as Atom: https://www.rfc-editor.org/rfc/rfc4287. */
export function toAtom({ id, title, self, url, author, entries }: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', id),
    element('title', title),
    element('updated', entries[0]?.updatedAt ?? NEVER),
    `<author>${element('name', author)}</author>`,
    link({ rel: 'self', type: 'application/atom+xml', href: self }),
    link({ rel: 'alternate', type: 'text/html', href: url }),
    ...entries.map(entry),
    '</feed>',
    '',
  ].join('\n');
}

const entry = ({ id, url, title, summary, updatedAt }: Entry): string =>
  [
    '<entry>',
    element('id', id),
    element('title', title),
    element('updated', updatedAt),
    link({ rel: 'alternate', type: 'text/html', href: url }),
    element('summary', summary),
    '</entry>',
  ].join('\n');

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const link = (attributes: Record<string, string>): string =>
  `<link ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ')}/>`;

const escaped = (text: string): string =>
  text.replace(NOT_IN_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
