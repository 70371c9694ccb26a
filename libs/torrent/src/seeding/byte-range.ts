/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

const SINGLE = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i;

/**
 * Reads a Range header (RFC 9110, section 14). Undefined: answer the whole (no header, another unit, or several ranges,
 * which a server may ignore). Null: answer 416.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | null | undefined {
  const match = SINGLE.exec(header ?? '');
  if (!match) return undefined;
  const [, from, to] = match;
  if (from === '') {
    const length = Number(to);
    return length === 0 || size === 0 ? null : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? null : { start, end };
}
