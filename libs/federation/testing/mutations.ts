import type { JsonObject, JsonValue } from '../src/vocabulary/read-json.js';

export interface Mutation {
  /** Where, for the message of a test that fails. */
  path: string;
  document: JsonObject;
}

/** The document again and again, each time with another of its values changed or taken away. */
export function* mutationsOf(document: JsonObject): Generator<Mutation> {
  for (const path of leavesOf(document)) {
    yield { path: `${path.join('.')} changed`, document: edit(document, path, changed) };
    yield { path: `${path.join('.')} taken away`, document: edit(document, path, () => undefined) };
  }
}

function* leavesOf(value: JsonValue, path: string[] = []): Generator<string[]> {
  if (typeof value !== 'object' || value === null) return yield path;
  for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, key]);
}

function changed(value: JsonValue): JsonValue {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value === null) return 'https://evil.example/';
  return flipped(String(value));
}

/** One character in the middle: a base64 text stays one. */
function flipped(text: string): string {
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + (text[middle] === 'b' ? 'c' : 'b') + text.slice(middle + 1);
}

function edit(
  document: JsonObject,
  path: string[],
  change: (value: JsonValue) => JsonValue | undefined,
): JsonObject {
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce<JsonValue>((value, key) => (value as JsonObject)[key]!, copy);
  const last = path.at(-1)!;
  const value = change((parent as JsonObject)[last]!);
  if (value !== undefined) (parent as JsonObject)[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as JsonObject)[last];
  return copy;
}
