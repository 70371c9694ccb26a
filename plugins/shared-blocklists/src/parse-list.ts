import { parentsOf, readHost, withoutPort } from '@vidiverse/hooks';
import { parseCsv } from './parse-csv.js';

/** All lists are kept in memory. */
const MAX_HOSTS = 20_000;
/** So that reasons and exports stay readable; longer ones are no DNS names. */
const MAX_HOST = 253;

export type ListFormat = 'json' | 'csv' | 'text';

export interface ParsedList {
  readonly format: ListFormat;
  /** In the form that `readHost` gives them; each stands for what is below it as well. */
  readonly hosts: ReadonlySet<string>;
  /** Entries that are no hosts, such as accounts and obfuscated names. */
  readonly ignored: number;
}

/** Not a list; the message is for administrators. */
export class ListError extends Error {}

/** Reads any of the formats. `takesSilenced`: also hosts that Mastodon's format only silences. @throws ListError */
export function parseList(content: string, { takesSilenced }: { takesSilenced: boolean }): ParsedList {
  const text = content.trim();
  if (text.startsWith('<')) throw new ListError('This is a page for people and no list.');
  const format: ListFormat = /^[[{]/.test(text)
    ? 'json'
    : /^"?#?domain"?\s*(,|$)/im.test(firstLine(text))
      ? 'csv'
      : 'text';
  const values = { json: valuesOfJson, csv: valuesOfCsv, text: valuesOfText }[format](text, takesSilenced);
  const hosts = new Set<string>();
  let ignored = 0;
  for (const value of values) {
    const host = hostIn(value);
    if (host === null) ignored += 1;
    else hosts.add(host);
  }
  if (hosts.size > MAX_HOSTS)
    throw new ListError(`It names ${hosts.size} hosts; at most ${MAX_HOSTS} are read.`);
  // One that is empty by its form may be meant so; an error page in text is no empty list.
  if (hosts.size === 0 && (ignored > 0 || format === 'text')) throw new ListError('It names no host.');
  return { format, hosts, ignored };
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.trim();

/** `*.example.org` as well: what is below a host is meant anyway. */
function hostIn(value: unknown): string | null {
  const host = typeof value === 'string' ? readHost(value.trim().replace(/^\*\./, '')) : null;
  return host !== null && host.length <= MAX_HOST ? host : null;
}

/** `{ data: [{ value, action?, updatedAt? }] }`: of two entries for one value the later counts, and may take it away. */
function valuesOfJson(text: string): unknown[] {
  let json: { data?: unknown };
  try {
    json = JSON.parse(text) as typeof json;
  } catch {
    throw new ListError('Its JSON is broken.');
  }
  if (!Array.isArray(json.data)) throw new ListError('It has no list called data.');
  const entries = json.data.map((entry: unknown) => (entry ?? {}) as Record<string, unknown>);
  const whenOf = ({ updatedAt }: Record<string, unknown>) => Date.parse(String(updatedAt)) || 0;
  const standing = new Map<unknown, boolean>();
  for (const { value, action } of entries.sort((a, b) => whenOf(a) - whenOf(b)))
    standing.set(value, action !== 'remove');
  return [...standing].flatMap(([value, isBlocked]) => (isBlocked ? [value] : []));
}

/** Mastodon's export: `#domain,#severity,...`. */
function valuesOfCsv(text: string, takesSilenced: boolean): string[] {
  const [head = [], ...rows] = parseCsv(text);
  const column = (name: string) =>
    head.findIndex((title) => title.trim().replace(/^#/, '').toLowerCase() === name);
  const [domain, severity] = [column('domain'), column('severity')];
  const meant = takesSilenced ? ['suspend', 'silence'] : ['suspend'];
  return rows
    .filter((row) => severity === -1 || meant.includes((row[severity] ?? '').trim().toLowerCase()))
    .map((row) => row[domain] ?? '');
}

/** One host a line, with a comment behind `#` or none. */
function valuesOfText(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

/** Names under which a list may have a host: itself, without its port, and each domain that it is below. */
export const namesOf = (host: string): string[] => [
  ...new Set([host, withoutPort(host)]),
  ...parentsOf(host),
];
