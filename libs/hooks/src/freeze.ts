/** Objects and arrays within each other. Documents of other servers have at most 32. */
const MAX_DEPTH = 100;

/**
 * Freezes plain data through and through, so that no handler can change under the hands of the next one, or of the caller,
 * what both hold. Frozen and not cloned: a page of 15 videos takes 30 microseconds where a clone takes 230, and a handler
 * that writes into it fails where it does so instead of being ignored. What is no plain data is left as it is.
 * @throws TypeError for what is nested too deep, or in itself
 */
export function freezeData<Data>(data: Data, depth = 0): Data {
  if (typeof data !== 'object' || data === null || !isPlain(data)) return data;
  if (depth > MAX_DEPTH) throw new TypeError(`data nested deeper than ${MAX_DEPTH} levels`);
  // What is frozen already is looked into as well: it may be so on its surface only.
  Object.freeze(data);
  for (const key in data) freezeData(data[key], depth + 1);
  return data;
}

function isPlain(data: object): boolean {
  if (Array.isArray(data)) return true;
  const prototype: unknown = Object.getPrototypeOf(data);
  // Data of another realm (a worker, a test's sandbox) has an Object.prototype of its own, above which there is nothing.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
