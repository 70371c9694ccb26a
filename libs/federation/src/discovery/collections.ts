const AS2 = 'https://www.w3.org/ns/activitystreams';

export interface CollectionFacts {
  /** Its URL, without a query. */
  id: string;
  totalItems: number;
}

/** Pages are counted from 1. */
export const pageUrl = (id: string, page: number): string => `${id}?page=${page}`;

/** What stands at the collection's own URL: how much there is and where it begins. */
export function buildCollection({ id, totalItems }: CollectionFacts) {
  return { '@context': AS2, id, type: 'OrderedCollection' as const, totalItems, first: pageUrl(id, 1) };
}

/** One page. Items are ids or whole objects; the latter need the `context` of their kind. */
export function buildCollectionPage<Item>(
  { id, totalItems }: CollectionFacts,
  { page, pageSize, items }: { page: number; pageSize: number; items: Item[] },
  context: unknown = AS2,
) {
  return {
    '@context': context,
    id: pageUrl(id, page),
    type: 'OrderedCollectionPage' as const,
    partOf: id,
    totalItems,
    ...(page > 1 && { prev: pageUrl(id, page - 1) }),
    ...(page * pageSize < totalItems && { next: pageUrl(id, page + 1) }),
    orderedItems: items,
  };
}
