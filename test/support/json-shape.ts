/** Where one JSON document lacks what another has: `path: what`. Arrays are compared by their first items. */
export function shapeDifferences(theirs: unknown, ours: unknown, path = ''): string[] {
  // What is null in theirs may be anything, and nothing can be said of an empty list.
  if (theirs === null) return ours === undefined ? [`${path}: missing`] : [];
  const [expected, found] = [kindOf(theirs), kindOf(ours)];
  // Not filled in on our side: a value that theirs has.
  if (found === 'null') return [];
  if (expected !== found)
    return [`${path}: ${found === 'undefined' ? 'missing' : `${found}, not ${expected}`}`];
  if (Array.isArray(theirs))
    return theirs.length === 0 || (ours as unknown[]).length === 0
      ? []
      : shapeDifferences(theirs[0], (ours as unknown[])[0], `${path}[]`);
  if (expected !== 'object') return [];
  return Object.entries(theirs as object).flatMap(([key, value]) =>
    shapeDifferences(value, (ours as Record<string, unknown>)[key], path ? `${path}.${key}` : key),
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
