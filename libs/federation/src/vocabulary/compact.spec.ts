import { describe, expect, it } from '@jest/globals';
import { compactDocument } from './compact.js';
import { CONTEXT } from './context.js';
import type { JsonObject, JsonValue } from './read-json.js';
import { PUBLIC } from './terms.js';

const ID = 'https://peer.example/videos/1';
const AS = 'https://www.w3.org/ns/activitystreams';
const compact = (fields: JsonObject, context: JsonValue = CONTEXT as JsonValue[]) =>
  compactDocument({ '@context': context, id: ID, type: 'Video', ...fields });
const termsOf = async (fields: JsonObject, context?: JsonValue) => (await compact(fields, context)).terms;

describe('a document in our terms', () => {
  it('has one shape, whether values came alone or in lists', async () => {
    const one = await compact({ to: PUBLIC, icon: { type: 'Image', url: `${ID}.jpg` }, name: 'A' });
    const many = await compact({
      to: [PUBLIC],
      icon: [{ type: ['Image'], url: [`${ID}.jpg`] }],
      name: ['A'],
    });
    expect(many).toEqual(one);
    expect(one).toEqual({
      id: ID,
      types: ['Video'],
      terms: {
        to: [PUBLIC],
        name: ['A'],
        icon: [{ id: null, types: ['Image'], terms: { url: [`${ID}.jpg`] } }],
      },
    });
  });

  it('is the same under other names, prefixes and full IRIs', async () => {
    const ours = await termsOf({ views: 3, uuid: 'a', object: ID });
    const theirs = await termsOf(
      { seen: 3, 'https://joinpeertube.org/ns#uuid': 'a', 'as:object': { '@id': ID } },
      [AS, { joined: 'https://joinpeertube.org/ns#', seen: 'joined:views' }],
    );
    expect(theirs).toEqual(ours);
  });

  it('is read in our context when it has none', async () => {
    const bare = { id: ID, type: 'Video', views: 3, to: PUBLIC };
    expect(await compactDocument(bare)).toEqual(await compact(bare));
  });

  const LEMMY = 'https://join-lemmy.org/context.json';

  it.each<[string, JsonValue]>([
    ['beside ActivityStreams', [AS, LEMMY]],
    ['before it', [LEMMY, AS]],
    ['alone', LEMMY],
    ['that differs from one that is known only in case', 'https://WWW.w3.org/ns/activitystreams'],
  ])('is read in our terms under a context that is not known, %s', async (_, context) => {
    const fields = { views: 3, sensitive: true, to: PUBLIC, icon: { type: 'Image', url: `${ID}.jpg` } };
    expect(await compact(fields, context)).toEqual(await compact(fields));
    const publicKey = { id: `${ID}#main-key`, owner: ID, publicKeyPem: 'PEM' };
    expect((await termsOf({ publicKey }, context)).publicKey).toEqual([
      { id: `${ID}#main-key`, types: [], terms: { owner: [ID], publicKeyPem: ['PEM'] } },
    ]);
  });

  it('is what its own context says, beside one that is not known', async () => {
    expect(await termsOf({ views: 3 }, [AS, { views: 'https://peer.example/ns#views' }, LEMMY])).toEqual({});
    const inner = { '@context': LEMMY, type: 'Image', url: `${ID}.jpg` };
    expect(await termsOf({ icon: inner }, AS)).toEqual(
      await termsOf({ icon: { type: 'Image', url: `${ID}.jpg` } }),
    );
  });

  it.each<[string, JsonObject, JsonValue[], string]>([
    ['@graph', { '@graph': [] }, [], 'forbidden_keyword'],
    ['@included within', { object: { '@included': [] } }, [], 'forbidden_keyword'],
    ['@reverse within', { object: { '@reverse': {} } }, [], 'forbidden_keyword'],
    ['an alias of @graph', { g: [] }, [{ g: '@graph' }], 'forbidden_context'],
    ['an alias of @id', { i: ID }, [{ i: '@id' }], 'forbidden_context'],
    ['another meaning of actor', {}, [{ actor: 'https://peer.example/ns#actor' }], 'forbidden_context'],
    ['a context of a term', {}, [{ x: { '@id': 'as:x', '@context': LEMMY } }], 'forbidden_context'],
    ['an import', {}, [{ '@import': LEMMY }], 'forbidden_context'],
    ['null', {}, [null], 'forbidden_context'],
    ['a list in a list', {}, [[[AS]]], 'forbidden_context'],
  ])('is refused under a context that is not known with %s', async (_, fields, contexts, code) => {
    await expect(compact(fields, [LEMMY, AS, ...contexts])).rejects.toMatchObject({ code });
  });

  it.each(['as:Public', PUBLIC])('names everybody by the full IRI when %s was sent', async (to) => {
    expect((await termsOf({ to, cc: [to, ID] })) as object).toEqual({ to: [PUBLIC], cc: [PUBLIC, ID] });
  });

  it('does not take the bare word Public for everybody: no signature would cover it', async () => {
    expect(await termsOf({ to: 'Public' })).toEqual({});
  });

  it.each<[JsonValue, JsonValue[] | undefined]>([
    [3, [3]],
    ['3', [3]],
    [1.7778, [1.7778]],
    ['1.7778E0', [1.7778]],
    ['', undefined],
    ['many', undefined],
    [true, undefined],
    [{ '@value': '3', '@type': 'http://schema.org/Number' }, [3]],
    [null, undefined],
  ])('has a number where the term is one: %j is %j', async (views, read) => {
    expect((await termsOf({ views })).views).toEqual(read);
  });

  it.each<[JsonValue, JsonValue[] | undefined]>([
    [true, [true]],
    ['true', [true]],
    ['false', [false]],
    [1, undefined],
    ['yes', undefined],
  ])('has a truth where the term is one: %j is %j', async (sensitive, read) => {
    expect((await termsOf({ sensitive })).sensitive).toEqual(read);
  });

  it('has texts as texts, those without a language first', async () => {
    const fields = { contentMap: { de: 'Hallo', en: 'Hello' }, content: 'Hi', name: 5 };
    expect(await termsOf(fields)).toEqual({ content: ['Hi', 'Hallo', 'Hello'], name: ['5'] });
    const und = [AS, { '@language': 'und' }];
    expect(await termsOf({ content: 'Hi' }, und)).toEqual({ content: ['Hi'] });
  });

  it('has a value once, and an object instead of its own URL', async () => {
    const actor = { id: 'https://peer.example/a', type: 'Person' };
    const terms = await termsOf({ to: [ID, ID], attributedTo: [actor.id, actor, actor] });
    expect(terms).toEqual({ to: [ID], attributedTo: [{ id: actor.id, types: ['Person'], terms: {} }] });
  });

  it('keeps the order of a list', async () => {
    const items = ['b', 'a', 'c'].map((name) => `https://peer.example/${name}`);
    expect(await termsOf({ type: 'OrderedCollection', orderedItems: items })).toEqual({ items });
  });

  it('has none of what our vocabulary does not name', async () => {
    const context = [AS, { toot: 'http://joinmastodon.org/ns#', votersCount: 'toot:votersCount' }];
    expect(
      await compact({ type: ['Note', 'Unheard'], votersCount: 5, other: { name: 'A' } }, context),
    ).toEqual({
      id: ID,
      types: ['Note'],
      terms: {},
    });
  });

  it('understands schema.org however its IRI is written', async () => {
    for (const sc of ['http://schema.org/', 'https://schema.org/', 'http://schema.org#']) {
      const context = [AS, { sc, PropertyValue: 'sc:PropertyValue', value: 'sc:value' }];
      expect(await compact({ type: 'PropertyValue', value: 'x' }, context)).toMatchObject({
        types: ['PropertyValue'],
        terms: { value: ['x'] },
      });
    }
  });

  it('accepts the terms that real servers define beside ActivityStreams', async () => {
    const mastodon: JsonObject = {
      '@version': 1.1,
      manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
      toot: 'http://joinmastodon.org/ns#',
      featured: { '@id': 'toot:featured', '@type': '@id' },
      alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
      focalPoint: { '@container': '@list', '@id': 'toot:focalPoint' },
      totalItems: 'as:totalItems',
      likes: { '@id': 'as:likes', '@type': '@id' },
    };
    expect(await termsOf({ alsoKnownAs: ID, manuallyApprovesFollowers: true }, [AS, mastodon])).toEqual({
      alsoKnownAs: [ID],
      manuallyApprovesFollowers: [true],
    });
  });
});
