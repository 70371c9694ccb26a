import { describe, expect, it } from '@jest/globals';
import { hasRecordings, recordedKeys, recordedPosts, type RecordedPost } from '../../testing/recorded.js';
import { mutationsOf } from '../../testing/mutations.js';
import { FederationError } from '../federation.errors.js';
import type { CompactedValue } from '../vocabulary/compact.js';
import { type JsonObject, type JsonValue, readJson } from '../vocabulary/read-json.js';
import { readSignature } from './read-signature.js';
import { verifyDocument } from './verify-document.js';

const describeRecorded = hasRecordings ? describe : describe.skip;
/** Without recordings, one placeholder, so that the skipped tests have names. */
const posts: RecordedPost[] = hasRecordings
  ? recordedPosts()
  : [{ name: 'PeerTube and Mastodon', body: Buffer.alloc(0) }];

describeRecorded('a document that another server signed', () => {
  const verify = (body: JsonObject) => verifyDocument(body, recordedKeys(), { allowWeakKeys: true });

  it.each(posts)('$name is accepted byte for byte as it was received', async ({ body }) => {
    const document = readJson(body);
    const { owner, creator, created, activity } = await verify(document);
    expect(activity.terms.actor).toEqual([owner]);
    expect(creator).toBe(readSignature(document).creator);
    expect(created.getTime()).toBeGreaterThan(0);
    expect(activity).toMatchObject({ id: document.id, types: [document.type] });
  });

  it.each(posts)(
    '$name is refused with any signed value changed or taken away',
    async ({ body }) => {
      const document = readJson(body);
      const { activity } = await verify(document);
      const unnoticed: string[] = [];
      let refused = 0;
      for (const { path, document: mutant } of mutationsOf(document)) {
        try {
          const read = await verify(mutant);
          // What nobody signed must not be read either.
          expect(inOneOrder(read.activity)).toEqual(inOneOrder(activity));
          if (isSigned(document, path)) unnoticed.push(path);
        } catch (error) {
          if (!(error instanceof FederationError)) throw error;
          refused += 1;
        }
      }
      expect(refused).toBeGreaterThan(10);
      expect(unnoticed).toEqual([]);
    },
    120_000,
  );
});

/** A context's unused terms are not in the graph, nor are a null and terms without a definition, nor the second of two equal values. */
function isSigned(document: JsonObject, path: string): boolean {
  const keys = path.split(' ')[0]!.split('.');
  const values = keys.map((_key, depth) => valueAt(document, keys.slice(0, depth + 1)));
  const siblings = values.at(-2);
  const isDouble =
    Array.isArray(siblings) && siblings.filter((sibling) => sibling === values.at(-1)).length > 1;
  return !keys.includes('@context') && values.at(-1) !== null && !isDouble;
}

const valueAt = (document: JsonObject, keys: string[]): JsonValue =>
  keys.reduce<JsonValue>((inner, key) => (inner as JsonObject)[key]!, document);

/** The order of several values is not signed. */
function inOneOrder(value: CompactedValue): unknown {
  if (typeof value !== 'object') return value;
  const terms = Object.entries(value.terms).map(
    ([term, values]) => [term, values.map((one) => JSON.stringify(inOneOrder(one))).sort()] as const,
  );
  return { ...value, terms: Object.fromEntries(terms) };
}
