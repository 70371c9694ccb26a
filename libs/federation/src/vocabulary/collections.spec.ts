import { describe, expect, it } from '@jest/globals';
import { readCollection } from './collections.js';
import { compactDocument } from './compact.js';
import { CONTEXT } from './context.js';
import type { JsonObject, JsonValue } from './read-json.js';

const ID = 'https://peer.example/outbox';
const read = async (fields: JsonObject) =>
  readCollection(await compactDocument({ '@context': CONTEXT as JsonValue[], id: ID, ...fields }));

describe('a collection', () => {
  it('says how many there are and where they begin', async () => {
    const first = `${ID}?page=1`;
    expect(await read({ type: 'OrderedCollection', totalItems: 3, first })).toEqual({
      type: 'OrderedCollection',
      id: ID,
      totalItems: 3,
      first,
      next: null,
      prev: null,
      partOf: null,
      items: [],
    });
  });

  it('has its items in order, as URLs or objects, and none that lead nowhere', async () => {
    const orderedItems = [{ id: `${ID}/2`, type: 'Note' }, `${ID}/1`, 'javascript:alert(1)'];
    expect(await read({ type: 'OrderedCollectionPage', partOf: ID, orderedItems })).toMatchObject({
      partOf: ID,
      items: [{ id: `${ID}/2`, types: ['Note'] }, `${ID}/1`],
    });
  });

  it('is not any other object', async () => {
    await expect(read({ type: 'Note' })).rejects.toMatchObject({ code: 'malformed_document' });
  });
});
