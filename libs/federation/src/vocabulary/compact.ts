import { expandDocument, type ExpandedNode } from './expand.js';
import { CONTEXT } from './context.js';
import type { JsonObject, JsonValue } from './read-json.js';
import { type Term, type TermKind, termOf, typeName } from './terms.js';
import { withoutUnknownContexts } from './unknown-contexts.js';

export type CompactedValue = string | number | boolean | CompactedDocument;

/**
 * A document in our own terms (terms.ts), whatever context it came with: always arrays, URLs as strings, objects as
 * objects, literals of the term's type. What the vocabulary does not name is not here. Readers read only this.
 */
export interface CompactedDocument {
  id: string | null;
  types: string[];
  terms: Partial<Record<Term, CompactedValue[]>>;
}

/**
 * Reads an unsigned document, as one that was fetched; without a `@context` (an item of a collection, a PeerTube that lost
 * its context) it is taken to be in ours, and so is what it names under contexts that are not bundled. `verifyDocument` answers a
 * signed one in the same form.
 */
export async function compactDocument(document: JsonObject): Promise<CompactedDocument> {
  const complete = '@context' in document ? document : { '@context': CONTEXT as JsonValue[], ...document };
  return compactNode(await expandDocument(withoutUnknownContexts(complete)));
}

/**
 * The last step of compaction. The library's own would choose among terms by a value's type, so that `views` written as
 * a string or with another datatype came out under another name.
 */
export function compactNode(node: ExpandedNode): CompactedDocument {
  const { '@id': id, '@type': types, ...properties } = node;
  const terms: CompactedDocument['terms'] = {};
  for (const [iri, values] of Object.entries(properties)) {
    const known = termOf(iri);
    if (!known) continue;
    const compacted = untaggedFirst(values as ExpandedNode[]).flatMap((value) =>
      compactValue(value, known.kind),
    );
    if (compacted.length > 0) terms[known.term] = distinct([...(terms[known.term] ?? []), ...compacted]);
  }
  return {
    id: typeof id === 'string' ? id : null,
    types: ((types ?? []) as string[]).flatMap((iri) => typeName(iri) ?? []),
    terms,
  };
}

function compactValue(value: ExpandedNode, kind: TermKind): CompactedValue[] {
  if ('@list' in value) return (value['@list'] as ExpandedNode[]).flatMap((item) => compactValue(item, kind));
  if ('@value' in value) return literal(value['@value'], kind);
  const { '@id': id, ...body } = value;
  if (Object.keys(body).length > 0) return [compactNode(value)];
  return typeof id === 'string' ? [id] : [];
}

/** JSON's types are not signed (`3` and `"3"` with one datatype are the same in the graph): the term decides. */
function literal(value: unknown, kind: TermKind): CompactedValue[] {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
  if (kind === 'number') {
    const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
    return typeof value !== 'boolean' && Number.isFinite(number) ? [number] : [];
  }
  if (kind === 'boolean') return String(value) === 'true' ? [true] : String(value) === 'false' ? [false] : [];
  return [String(value)];
}

/** In the graph a value is there once, and a reference to an object is the object. */
function distinct(values: CompactedValue[]): CompactedValue[] {
  if (values.length < 2) return values;
  const bodies = new Set(values.flatMap((value) => (typeof value === 'object' && value.id) || []));
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = JSON.stringify(value);
    const again = seen.has(key) || (typeof value === 'string' && bodies.has(value));
    seen.add(key);
    return !again;
  });
}

/** `content` before the languages of `contentMap`; else in the order they came in, which is not signed. */
const untaggedFirst = (values: ExpandedNode[]): ExpandedNode[] => [
  ...values.filter((value) => !('@language' in value)),
  ...values.filter((value) => '@language' in value),
];
