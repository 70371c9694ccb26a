/** A bencoded value (BEP 3) as we write them. */
export type Bencodable = string | number | Bencodable[];

const MAX_DEPTH = 50;
const COLON = 0x3a;
const [DICTIONARY, LIST, INTEGER, END] = [...Buffer.from('dlie')];

export const encode = (value: Bencodable): Buffer =>
  typeof value === 'number'
    ? Buffer.from(`i${value}e`)
    : typeof value === 'string'
      ? Buffer.concat([Buffer.from(`${Buffer.byteLength(value)}:`), Buffer.from(value)])
      : Buffer.concat([Buffer.from('l'), ...value.map(encode), Buffer.from('e')]);

/** The entries of a bencoded dictionary, each value as the bytes it has there. @throws Error when it is none. */
export function readDictionary(content: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  if (content[0] !== DICTIONARY) throw new Error('not a bencoded dictionary');
  let position = 1;
  while (content[position] !== END) {
    const key = stringAt(content, position);
    const end = valueEnd(content, key.end, 0);
    entries.set(key.text, content.subarray(key.end, end));
    position = end;
  }
  if (position !== content.length - 1) throw new Error('bytes after the bencoded dictionary');
  return entries;
}

/** The dictionary of these entries, its keys in the order that the format asks for. */
export function writeDictionary(entries: Map<string, Buffer>): Buffer {
  const keys = [...entries.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Buffer.concat([
    Buffer.from('d'),
    ...keys.flatMap((key) => [encode(key), entries.get(key)!]),
    Buffer.from('e'),
  ]);
}

/** A bencoded integer that is a number of things or bytes. @throws Error when it is none. */
export function readInteger(content: Buffer | undefined): number {
  const [, digits] = /^i(0|[1-9]\d{0,15})e$/.exec(content?.toString('latin1') ?? '') ?? [];
  if (digits === undefined || !Number.isSafeInteger(Number(digits)))
    throw new Error('broken bencoded integer');
  return Number(digits);
}

/** The bytes of a bencoded string. @throws Error when it is none. */
export function readText(content: Buffer | undefined): Buffer {
  if (!content) throw new Error('a missing bencoded string');
  const { end } = stringAt(content, 0);
  if (end !== content.length) throw new Error('broken bencoded string');
  return content.subarray(content.indexOf(COLON) + 1);
}

function stringAt(content: Buffer, position: number): { text: string; end: number } {
  const colon = content.indexOf(COLON, position);
  const digits = content.toString('latin1', position, colon);
  const end = colon + 1 + Number(digits);
  if (colon < 0 || !/^\d{1,10}$/.test(digits) || end > content.length)
    throw new Error('broken bencoded string');
  return { text: content.toString('utf8', colon + 1, end), end };
}

function valueEnd(content: Buffer, position: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new Error('bencoded too deep');
  const kind = content[position];
  if (kind === INTEGER) {
    const end = content.indexOf('e', position);
    if (end < 0) throw new Error('broken bencoded integer');
    return end + 1;
  }
  if (kind !== LIST && kind !== DICTIONARY) return stringAt(content, position).end;
  let next = position + 1;
  while (content[next] !== END) next = valueEnd(content, next, depth + 1);
  return next + 1;
}
