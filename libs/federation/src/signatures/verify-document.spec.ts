import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestActor } from '../../testing/test-actor.js';
import type { JsonObject, JsonValue } from '../vocabulary/read-json.js';
import { PUBLIC } from '../vocabulary/terms.js';
import type { SignedDocument } from './sign-document.js';
import { verifyDocument } from './verify-document.js';

const NOTE = 'https://peer.example/notes/1';
const AS = 'https://www.w3.org/ns/activitystreams';

describe('a Linked Data Signature', () => {
  let alice: TestActor;
  let signed: SignedDocument;

  beforeAll(async () => {
    alice = await TestActor.create();
    signed = await alice.sign(
      alice.activity({
        to: [PUBLIC],
        object: { id: NOTE, type: 'Note', attributedTo: alice.id, content: 'Hello', to: [PUBLIC] },
      }),
      new Date('2026-01-02T03:04:05Z'),
    );
  });

  const verify = (document: JsonObject) => verifyDocument(document, alice.findKey);
  const codeOf = (document: JsonObject) =>
    verify(document).then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    );
  const withContext = (terms: JsonObject): JsonObject => ({
    ...signed,
    '@context': [...(signed['@context'] as JsonValue[]), terms],
  });

  it('by the author is accepted, and says who, when and what', async () => {
    expect(await verify(signed)).toMatchObject({
      creator: alice.id,
      owner: alice.id,
      created: new Date('2026-01-02T03:04:05Z'),
      graphHash: expect.stringMatching(/^[\da-f]{64}$/),
      activity: {
        id: `${alice.id}/activities/1`,
        types: ['Create'],
        terms: { actor: [alice.id], to: [PUBLIC], object: [{ id: NOTE, terms: { content: ['Hello'] } }] },
      },
    });
  });

  it('names one graph, however its document is written', async () => {
    const { '@context': context, to, ...others } = signed;
    const rewritten = { '@context': context!, ...others, to: [...(to as JsonValue[]), 'as:Public'] };
    const [first, second] = [await verify(signed), await verify(rewritten)];
    expect(second.graphHash).toBe(first.graphHash);
    expect(second.activity).toEqual(first.activity);
  });

  it('of an altered document is refused', async () => {
    expect(await codeOf({ ...signed, object: { ...(signed.object as JsonObject), content: 'Evil' } })).toBe(
      'bad_signature',
    );
    expect(await codeOf({ ...signed, summary: 'More' })).toBe('bad_signature');
    expect(await codeOf({ ...signed, [`${AS}#summary`]: 'More' })).toBe('bad_signature');
  });

  it('with a later date than it was made is refused', async () => {
    const signature = { ...signed.signature, created: '2026-01-03T03:04:05Z' };
    expect(await codeOf({ ...signed, signature })).toBe('bad_signature');
  });

  it.each<[string, JsonValue | undefined, string]>([
    ['absent', undefined, 'missing_signature'],
    ['a text', 'signature', 'malformed_signature'],
    ['null', null, 'malformed_signature'],
    ['a list', [], 'malformed_signature'],
    ['of another kind', { type: 'Ed25519Signature2020' }, 'unsupported_algorithm'],
    ['of two kinds', { type: ['RsaSignature2017', 'X'] }, 'unsupported_algorithm'],
    [
      'without a creator',
      { type: 'RsaSignature2017', created: '2026-01-02T03:04:05Z' },
      'malformed_signature',
    ],
  ])('that is %s is refused', async (_what, signature, code) => {
    const { signature: _removed, ...document } = signed as JsonObject;
    expect(await codeOf(signature === undefined ? document : { ...document, signature })).toBe(code);
  });

  it.each([
    ['creator', 1],
    ['creator', 'javascript:alert(1)'],
    ['creator', [{ id: 'https://peer.example/' }]],
    ['created', 'yesterday'],
    ['created', null],
    ['signatureValue', ''],
    ['signatureValue', 'not base64!'],
    ['signatureValue', ['a']],
  ])('with %s %j is refused', async (field, value) => {
    expect(await codeOf({ ...signed, signature: { ...signed.signature, [field]: value } })).toBe(
      'malformed_signature',
    );
  });

  it('by somebody unknown is refused', async () => {
    const signature = { ...signed.signature, creator: 'https://other.example/accounts/bob' };
    expect(await codeOf({ ...signed, signature })).toBe('unknown_key');
  });

  it('by somebody who is not the actor is refused', async () => {
    const forged = await alice.sign(
      alice.activity({ actor: 'https://other.example/accounts/bob', object: NOTE }),
    );
    expect(await codeOf(forged)).toBe('creator_is_not_actor');
    const shared = alice.activity({ actor: [alice.id, 'https://other.example/accounts/bob'], object: NOTE });
    expect(await codeOf(await alice.sign(shared))).toBe('creator_is_not_actor');
  });

  it('next to a second one is refused', async () => {
    expect(await codeOf({ ...signed, proof: signed.signature })).toBe('malformed_signature');
  });

  it('does not lend its graph to another tree: an inner activity cannot be put on top', async () => {
    const announce = { id: `${alice.id}/announces/1`, type: 'Announce', actor: alice.id, object: NOTE };
    const undo = await alice.sign(alice.activity({ type: 'Undo', object: announce }));
    const { '@context': context, signature, object: _announce, ...outer } = undo;
    const start = { '@context': context!, signature };
    const inside = { ...outer, object: announce.id };
    for (const document of [
      { ...start, '@graph': [announce, inside] },
      { ...start, ...announce, '@graph': [inside] },
      { ...start, ...announce, '@reverse': { object: inside } },
      { ...start, ...announce, '@included': [inside] },
      { ...start, ...announce, object: { id: NOTE, '@included': [inside] } },
      { ...start, ...announce, object: { id: NOTE, '@nest': inside } },
    ] as JsonObject[]) {
      expect(await codeOf(document)).toBe('forbidden_keyword');
    }
    for (const alias of [
      '@graph',
      '@included',
      '@reverse',
      '@nest',
      { '@id': '@graph' },
      { '@reverse': 'as:object' },
    ]) {
      const aliased = {
        ...start,
        '@context': [...(context as JsonValue[]), { other: alias }],
        ...announce,
        other: inside,
      };
      expect(await codeOf(aliased as JsonObject)).toBe('forbidden_context');
    }
  });

  it('does not let a part of an object be said where nobody looks', async () => {
    const { object, ...outer } = signed;
    const { content, ...rest } = object as JsonObject & { content: string };
    const hidden = { ...outer, object: rest, attachment: [{ id: NOTE, content }] } as JsonObject;
    expect(await codeOf(hidden)).toBe('split_node');
  });

  it.each<[string, JsonObject]>([
    ['no meaning', { actor: null }],
    ['no meaning, spelt out', { actor: { '@id': null } }],
    ['another meaning', { actor: 'https://evil.example/ns#actor' }],
    ['the meaning of another term', { object: 'as:target' }],
    ['a meaning by a prefix of its own', { as: 'https://evil.example/ns#' }],
    ['a type of another meaning', { Create: 'as:Delete' }],
    ['a context of its own', { content: { '@id': 'as:content', '@context': {} } }],
    ['values without a meaning', { content: { '@id': 'as:content', '@type': '@json' } }],
    ['a graph inside', { object: { '@id': 'as:object', '@type': '@id', '@container': '@graph' } }],
    ['keys that are ids', { object: { '@id': 'as:object', '@type': '@id', '@container': '@id' } }],
    ['a second name for ids', { uri: '@id' }],
    ['every term', { '@vocab': 'https://evil.example/ns#' }],
    ['relative ids', { '@base': 'https://evil.example/' }],
    ['what another document says', { '@import': AS }],
    ['less far', { '@propagate': false }],
  ])('is refused in a context that gives %s', async (_what, terms) => {
    expect(await codeOf(withContext(terms))).toBe('forbidden_context');
  });

  it('is not fooled by another name for the actor', async () => {
    const renamed = withContext({
      realActor: { '@id': 'as:actor', '@type': '@id' },
      evilActor: 'https://evil.example/ns#actor',
    });
    const { actor, ...others } = renamed;
    const document = { ...others, realActor: actor!, actor: 'https://evil.example/accounts/eve' };
    expect(await codeOf(document)).toBe('bad_signature');
    const { activity } = await verify({ ...others, realActor: actor! });
    expect(activity.terms.actor).toEqual([alice.id]);
  });

  it.each([
    'https://evil.example/context',
    'https://www.w3.org/ns/activitystreams#',
    'https://WWW.w3.org/ns/activitystreams',
    'http://www.w3.org/ns/activitystreams',
    'activitystreams',
    'https://w3id.org/security/v2',
  ])('is refused with the context %s, which is not fetched', async (url) => {
    expect(await codeOf({ ...signed, '@context': url })).toBe('unknown_context');
    expect(await codeOf({ ...signed, '@context': [...(signed['@context'] as JsonValue[]), url] })).toBe(
      'unknown_context',
    );
    const object = { ...(signed.object as JsonObject), '@context': url };
    expect(await codeOf({ ...signed, object })).toBe('unknown_context');
  });

  it.each<[string, JsonValue]>([
    ['null', null],
    ['a list with null', [AS, null]],
    ['a list in a list', [[[AS]]]],
    ['a number', 1],
  ])('is refused with the context %s', async (_what, context) => {
    expect(await codeOf({ ...signed, '@context': context })).toBe('forbidden_context');
  });

  it('is refused with more contexts than anybody needs', async () => {
    const manyContexts = Array.from({ length: 65 }, () => AS);
    expect(await codeOf({ ...signed, '@context': manyContexts })).toBe('forbidden_context');
    const tag = manyContexts.map((url) => ({ '@context': url, name: 'x' }));
    expect(await codeOf({ ...signed, tag })).toBe('forbidden_context');
  });

  it('does not cover a term without a definition, so it is not read', async () => {
    const { activity } = await verify({ ...signed, startAt: 5, undefinedTerm: 'Evil' });
    expect(JSON.stringify(activity)).not.toMatch(/startAt|undefinedTerm|Evil/);
    const blank = withContext({ summary2: '_:summary', expires2: { '@id': '_:expires' } });
    const read = await verify({ ...blank, summary2: 'Evil', expires2: 'Evil' });
    expect(JSON.stringify(read.activity)).not.toContain('Evil');
  });

  it('does not cover a reference that is no absolute URL, so it is not read', async () => {
    const { activity } = await verify({ ...signed, cc: ['Public', '../accounts/eve', '__proto__', '_:b0'] });
    expect(activity.terms.cc).toBeUndefined();
    expect(({} as Record<string, unknown>)['@id']).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', '../notes/1', '_:b0', ''])(
    'is refused with a body under the id %j, which would not be covered',
    async (id) => {
      expect(await codeOf({ ...signed, tag: [{ id, type: 'Note', content: 'Evil' }] })).toBe('relative_id');
      expect(({} as Record<string, unknown>)['@id']).toBeUndefined();
      expect((Object as unknown as Record<string, unknown>)['@id']).toBeUndefined();
    },
  );

  it('ends in a refusal, never in a crash, for documents that are no JSON-LD', async () => {
    for (const document of [
      { id: 5 },
      { type: { a: 1 } },
      { object: { '@value': { a: 1 } } },
      { object: { '@list': [], id: NOTE } },
      { contentMap: { en: 5 } },
      { id: ['https://peer.example/1', 'https://peer.example/2'] },
    ] as JsonObject[]) {
      expect(['not_json_ld', 'bad_signature']).toContain(await codeOf({ ...signed, ...document }));
    }
  });

  it('over blank nodes that are all alike is refused quickly', async () => {
    const clique = Array.from({ length: 12 }, () => ({
      tag: Array.from({ length: 12 }, () => ({ tag: [{}, {}] })),
    }));
    const begun = performance.now();
    expect(await codeOf({ ...signed, tag: clique as unknown as JsonObject[] })).toBe('bad_signature');
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('a document of ours', () => {
  it('is not signed when a part of it would not be covered', async () => {
    const alice = await TestActor.create();
    await expect(alice.sign(alice.activity({ object: NOTE, undefinedTerm: 1 }))).rejects.toThrow(
      'undefinedTerm',
    );
    await expect(alice.sign(alice.activity({ object: 'notes/1' }))).rejects.toThrow();
    await expect(
      alice.sign({ ...alice.activity({ object: NOTE }), '@context': 'https://other.example/' }),
    ).rejects.toThrow();
  });
});
