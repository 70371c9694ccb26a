import { describe, expect, it } from '@jest/globals';
import { buildCollection, buildCollectionPage } from './collections.js';

const FACTS = { id: 'https://video.example/accounts/alice/outbox', totalItems: 5 };
const page = (number: number) =>
  buildCollectionPage(FACTS, { page: number, pageSize: 2, items: [`item-${number}`] });

describe('a collection', () => {
  it('says how much it has and where it begins', () => {
    expect(buildCollection(FACTS)).toEqual({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: FACTS.id,
      type: 'OrderedCollection',
      totalItems: 5,
      first: `${FACTS.id}?page=1`,
    });
  });

  it('has pages that lead from the first to the last and back', () => {
    expect(page(1)).toEqual({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${FACTS.id}?page=1`,
      type: 'OrderedCollectionPage',
      partOf: FACTS.id,
      totalItems: 5,
      next: `${FACTS.id}?page=2`,
      orderedItems: ['item-1'],
    });
    expect(page(2)).toMatchObject({ prev: `${FACTS.id}?page=1`, next: `${FACTS.id}?page=3` });
    expect(page(3)).toMatchObject({ prev: `${FACTS.id}?page=2` });
    expect(page(3)).not.toHaveProperty('next');
  });

  it('has one page without a next when it is empty', () => {
    const empty = { ...FACTS, totalItems: 0 };
    expect(buildCollectionPage(empty, { page: 1, pageSize: 2, items: [] })).not.toHaveProperty('next');
  });
});
