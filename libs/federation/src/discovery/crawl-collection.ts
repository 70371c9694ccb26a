import { type FetchOptions } from '../fetching/remote-answers.js';
import { type RemoteClient } from '../fetching/remote-client.js';
import { RemoteError } from '../fetching/remote-error.js';
import { type JsonObject, type JsonValue } from '../vocabulary/read-json.js';
import { hostOf, withoutFragment } from '../vocabulary/urls.js';

export interface CrawlOptions extends FetchOptions {
  /** Documents, the collection itself among them. */
  maxPages: number;
  maxItems: number;
  /** Told once how many items the collection says it has. */
  onTotal?: (total: number) => void;
}

const TYPES = ['OrderedCollection', 'OrderedCollectionPage', 'Collection', 'CollectionPage'];

/**
 * The items of a remote collection in its order: ids or objects, each to be checked like any that came by itself. Ends at
 * the last page, at a page that was there before (CVE-2025-32947) and at either limit. All pages are on the host of the
 * first.
 */
export async function* crawlCollection(
  client: RemoteClient,
  url: string,
  options: CrawlOptions,
): AsyncGenerator<string | JsonObject, void, undefined> {
  const host = hostOf(url);
  const seen = new Set<string>();
  let left = options.maxItems;
  let next: JsonValue | undefined = url;
  for (let pages = 0; next && pages < options.maxPages; pages++) {
    const page: JsonObject | null = await load(client, next, host, seen, options);
    if (!page) return;
    if (pages === 0 && Number.isSafeInteger(page.totalItems)) {
      options.onTotal?.(Math.max(0, page.totalItems as number));
    }
    for (const item of itemsOf(page)) {
      options.signal?.throwIfAborted();
      if (left-- <= 0) return;
      yield item;
    }
    next = single(page.next ?? page.first);
  }
}

/** Fetches a page, or takes it as it stands inside the document before. Null when it was there before. */
async function load(
  client: RemoteClient,
  page: JsonValue,
  host: string | null,
  seen: Set<string>,
  options: FetchOptions,
): Promise<JsonObject | null> {
  const url = isObject(page) ? idOf(page) : page;
  if (typeof url === 'string') {
    if (seen.has(withoutFragment(url))) return null;
    if (hostOf(url) !== host) throw elsewhere();
    seen.add(withoutFragment(url));
  }
  if (isObject(page) && itemsOf(page).length > 0) return page;
  if (typeof url !== 'string') return null;
  const found = await client.getDocument(url, options);
  seen.add(found.url);
  if (!many(found.json.type).some((type) => TYPES.includes(type as string))) {
    throw new RemoteError('malformed', 'A collection was expected.');
  }
  const claimed = idOf(found.json) ?? found.url;
  if (hostOf(found.url) !== host || hostOf(claimed) !== host) throw elsewhere();
  return found.json;
}

const elsewhere = () => new RemoteError('wrong_id', 'A page of the collection is on another host.');

const idOf = (page: JsonObject) => (typeof page.id === 'string' ? page.id : undefined);

function itemsOf(page: JsonObject): Array<string | JsonObject> {
  return many(page.orderedItems ?? page.items).filter((item) => typeof item === 'string' || isObject(item));
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON-LD writes a list of one with or without brackets. */
const many = (value: JsonValue | undefined): JsonValue[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

const single = (value: JsonValue | undefined): JsonValue | undefined =>
  Array.isArray(value) && value.length === 1 ? value[0] : value;
