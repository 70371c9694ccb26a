import { isBundled } from '../signatures/contexts/bundled-contexts.js';
import { CONTEXT } from './context.js';
import type { JsonObject, JsonValue } from './read-json.js';

const isUnknown = (context: JsonValue): boolean => typeof context === 'string' && !isBundled(context);

/** Whether a context is named, at any depth, that is not bundled: a signature of such a document cannot be checked. */
export function namesUnknownContext(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(namesUnknownContext);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    key === '@context' ? [inner].flat().some(isUnknown) : namesUnknownContext(inner),
  );
}

/**
 * The document without contexts that are not bundled. Nothing is fetched: at its root they are taken to mean what our own
 * context means, where the document itself says nothing else. Only for what no signature within the document proves.
 */
export function withoutUnknownContexts(document: JsonObject): JsonObject {
  if (!namesUnknownContext(document)) return document;
  const { '@context': context = [], ...content } = document;
  return {
    '@context': [...(CONTEXT as JsonValue[]), ...[context].flat().filter((known) => !isUnknown(known))],
    ...(withoutNested(content) as JsonObject),
  };
}

function withoutNested(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNested);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, JsonValue] =>
    key === '@context'
      ? [key, [inner].flat().filter((context) => !isUnknown(context))]
      : [key, withoutNested(inner)],
  );
  return Object.fromEntries(entries);
}
