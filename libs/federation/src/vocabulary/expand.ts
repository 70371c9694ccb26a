import jsonld from 'jsonld';
import { DocumentRefusedError, FederationError } from '../federation.errors.js';
import { loadBundled } from '../signatures/contexts/bundled-contexts.js';
import { checkContexts } from './check-context.js';
import type { JsonObject } from './read-json.js';

/** An object in expanded form: full IRIs, no context, every property an array. */
export type ExpandedNode = Record<string, unknown>;

const NODE_KEYWORDS = new Set(['@id', '@type']);
/** An absolute IRI as the library that makes the graph recognizes it. */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+\-.]*:\S*$/;
const BLANK = '_:';

/**
 * The document in expanded form, so that its tree says what its graph says: signed is the graph, read is the tree.
 * Whatever JSON-LD can hide from one of the two is refused here, or taken away before both.
 */
export async function expandDocument(document: JsonObject): Promise<ExpandedNode> {
  checkContexts(document);
  const expanded = await expand(document);
  if (expanded.length !== 1) {
    throw new DocumentRefusedError('malformed_document', 'the document is not one object');
  }
  return new TreeCleaner().node(expanded[0]!);
}

async function expand(document: JsonObject): Promise<ExpandedNode[]> {
  try {
    return await jsonld.expand(document, { base: null, documentLoader: loadBundled, safe: false });
  } catch (error) {
    if (error instanceof FederationError) throw error;
    throw new DocumentRefusedError('not_json_ld', `not JSON-LD: ${(error as Error).message.slice(0, 200)}`);
  }
}

/**
 * In a graph, what is said of an id is one set, wherever in the tree it was said. So a node has one body here: one that says
 * something in one place and something else in another is refused.
 */
class TreeCleaner {
  private readonly bodies = new Map<string, ExpandedNode>();

  node(node: ExpandedNode): ExpandedNode {
    const cleaned: ExpandedNode = {};
    for (const [key, value] of Object.entries(node)) {
      if (!key.startsWith('@')) cleaned[key] = this.values(value);
      else if (NODE_KEYWORDS.has(key)) cleaned[key] = value;
      else throw new DocumentRefusedError('forbidden_keyword', `${key} is not accepted`);
    }
    const id = cleaned['@id'];
    if (id !== undefined) this.checkBody(id, cleaned);
    return cleaned;
  }

  private values(values: unknown): unknown[] {
    return [values].flat().flatMap((value) => this.value(value as ExpandedNode));
  }

  private value(value: ExpandedNode): unknown[] {
    if ('@value' in value) return [value];
    if ('@list' in value) return [{ '@list': this.values(value['@list']) }];
    // A reference that is no absolute IRI is not in the graph: not here either.
    if (Object.keys(value).length === 1 && '@id' in value && !isAbsolute(value['@id'])) return [];
    return [this.node(value)];
  }

  private checkBody(id: unknown, node: ExpandedNode): void {
    // A body under a relative id is not in the graph, and `__proto__` as an id would reach into the library that makes it.
    if (!isAbsolute(id)) throw new DocumentRefusedError('relative_id', 'an id is not an absolute URL');
    if (Object.keys(node).length === 1) return;
    const other = this.bodies.get(id);
    if (other && JSON.stringify(other) !== JSON.stringify(node)) {
      throw new DocumentRefusedError('split_node', `${id.slice(0, 200)} is described twice, differently`);
    }
    this.bodies.set(id, node);
  }
}

const isAbsolute = (id: unknown): id is string =>
  typeof id === 'string' && !id.startsWith(BLANK) && ABSOLUTE.test(id);
