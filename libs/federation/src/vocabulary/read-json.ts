import { DocumentRefusedError, DocumentTooLargeError } from '../federation.errors.js';
import { JsonReader } from './json-reader.js';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/** How much of a document is read at all; beyond, it is refused before any further work. */
export interface DocumentLimits {
  maxBytes: number;
  /** Objects and arrays within each other. */
  maxDepth: number;
  /** Values in the whole document: objects, arrays, strings, numbers, booleans and nulls. */
  maxValues: number;
  /** UTF-16 units of one string. */
  maxStringLength: number;
}

export const DEFAULT_DOCUMENT_LIMITS: DocumentLimits = {
  maxBytes: 256 * 1024,
  maxDepth: 32,
  // Of PeerTube's largest videos about 1,500. To make so many nodes canonical takes a quarter of a second.
  maxValues: 4_000,
  maxStringLength: 100_000,
};

/**
 * The one reading of a body: what is verified is what is handled. Strict UTF-8 (a byte order mark is skipped), no key twice,
 * no lone surrogates; the keys `__proto__`, `constructor` and `prototype` are left out.
 */
export function readJson(body: Uint8Array, limits: DocumentLimits = DEFAULT_DOCUMENT_LIMITS): JsonObject {
  if (body.byteLength > limits.maxBytes) throw new DocumentTooLargeError(limits.maxBytes);
  const value = new JsonReader(decode(body), limits).read();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DocumentRefusedError('not_an_object', 'the document is not a JSON object');
  }
  return value;
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new DocumentRefusedError('not_utf8', 'the document is not UTF-8');
  }
}
