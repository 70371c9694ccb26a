import type { CompactedDocument } from './compact.js';
import { count, malformed, url } from './values.js';
import { webUrl } from './urls.js';

const COLLECTION_TYPES = ['OrderedCollection', 'Collection', 'OrderedCollectionPage', 'CollectionPage'];

/** A collection or one of its pages. */
export interface Collection {
  type: string;
  /** A page may have none. */
  id: string | null;
  totalItems: number | null;
  first: string | null;
  next: string | null;
  prev: string | null;
  partOf: string | null;
  /** URLs, or objects that are yet to be read. */
  items: Array<string | CompactedDocument>;
}

/** @throws DocumentRefusedError when it is no collection. */
export function readCollection(document: CompactedDocument): Collection {
  const type = document.types.find((name) => COLLECTION_TYPES.includes(name));
  if (!type) throw malformed('a collection type');
  return {
    type,
    id: webUrl(document.id),
    totalItems: count(document, 'totalItems'),
    first: url(document, 'first'),
    next: url(document, 'next'),
    prev: url(document, 'prev'),
    partOf: url(document, 'partOf'),
    items: (document.terms.items ?? []).flatMap(
      (item) => (typeof item === 'object' ? item : webUrl(item)) ?? [],
    ),
  };
}
