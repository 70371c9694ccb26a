import { DocumentRefusedError } from '../federation.errors.js';
import { ACTIVITYSTREAMS_TERMS, isBundled } from '../signatures/contexts/bundled-contexts.js';
import type { JsonObject, JsonValue } from './read-json.js';

const AS = 'https://www.w3.org/ns/activitystreams#';
const LDP = 'http://www.w3.org/ns/ldp#';

/** Keywords that let the tree differ from the graph, or hide a part of it. */
const FORBIDDEN_KEYWORDS = new Set(['@graph', '@included', '@reverse', '@nest', '@index', '@direction']);
/** Of a context itself: harmless, and sent by real servers. */
const CONTEXT_KEYWORDS = new Set(['@language', '@version', '@protected']);
const DEFINITION_KEYWORDS = new Set(['@id', '@type', '@container', '@language', '@protected', '@prefix']);
const CONTAINERS = new Set<JsonValue | undefined>([undefined, '@list', '@set', '@language']);
/** The only keywords with another name, and these names. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['id', '@id'],
  ['type', '@type'],
]);

/** Each costs about half a millisecond. */
const MAX_CONTEXTS = 64;

/**
 * Refuses, at any depth, forbidden keywords and contexts that are not bundled, alias a keyword or give an ActivityStreams term
 * another meaning; and more contexts than anybody needs.
 */
export function checkContexts(document: JsonObject): void {
  let contexts = 0;
  for (const context of contextsIn(document)) {
    contexts += 1;
    if (contexts > MAX_CONTEXTS) throw forbidden(`more than ${MAX_CONTEXTS}`);
    checkContext(context);
  }
}

function* contextsIn(value: JsonValue): Generator<JsonValue> {
  if (Array.isArray(value)) for (const inner of value) yield* contextsIn(inner);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (FORBIDDEN_KEYWORDS.has(key)) {
        throw new DocumentRefusedError('forbidden_keyword', `${key} is not accepted`);
      }
      yield* key === '@context' ? [inner].flat() : contextsIn(inner);
    }
  }
}

function checkContext(context: JsonValue): void {
  if (typeof context === 'string') {
    if (!isBundled(context)) {
      throw new DocumentRefusedError(
        'unknown_context',
        `the context ${context.slice(0, 200)} is not known here`,
      );
    }
    return;
  }
  if (typeof context !== 'object' || context === null || Array.isArray(context)) {
    throw forbidden('a context is a URL or an object');
  }
  for (const [term, definition] of Object.entries(context)) {
    if (term.startsWith('@')) {
      if (!CONTEXT_KEYWORDS.has(term)) throw forbidden(`${term} in a context`);
    } else checkTerm(term, typeof definition === 'string' ? { '@id': definition } : definition);
  }
}

function checkTerm(term: string, definition: JsonValue): void {
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    throw forbidden(`${term} has no meaning`);
  }
  const unknown = Object.keys(definition).find((key) => !DEFINITION_KEYWORDS.has(key));
  if (unknown) throw forbidden(`${unknown} in the definition of ${term}`);
  const { '@id': id = term, '@container': container, '@type': type } = definition;
  if (typeof id !== 'string') throw forbidden(`${term} has no meaning`);
  if (id.startsWith('@') && ALIASES.get(term) !== id) throw forbidden(`${term} stands for ${id}`);
  if (!CONTAINERS.has(container)) throw forbidden(`${term} has the container ${JSON.stringify(container)}`);
  if (type === '@json') throw forbidden(`${term} is JSON`);
  const known = ACTIVITYSTREAMS_TERMS.get(term);
  if (known !== undefined && fullIri(id) !== fullIri(meaningOf(known))) {
    throw forbidden(`${term} has another meaning in ActivityStreams`);
  }
}

const meaningOf = (definition: unknown): string =>
  typeof definition === 'string' ? definition : (definition as JsonObject & { '@id': string })['@id'];

const fullIri = (id: string): string => id.replace(/^as:/, AS).replace(/^ldp:/, LDP);

const forbidden = (what: string) =>
  new DocumentRefusedError('forbidden_context', `not accepted in a context: ${what.slice(0, 300)}`);
