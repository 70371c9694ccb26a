import { InvalidInputError } from '../shared/domain-error.js';

/** What a PUT carries: some bytes, both ends included, or only the question how many have arrived. */
export type UploadRange =
  { start: number; end: number; total: number | null } | { probe: true; total: number | null };

const CHUNK = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/;
const PROBE = /^bytes \*\/(\d{1,15}|\*)$/;

const totalOf = (text: string) => (text === '*' ? null : Number(text));

/**
 * Reads `Content-Range` (RFC 9110, section 14.4). Without one the body is the whole file.
 * @throws InvalidInputError when it is malformed or disagrees with `contentLength`, the bytes announced for the body.
 */
export function parseUploadRange(
  header: string | undefined,
  contentLength: number | null,
  size: number,
): UploadRange {
  if (header === undefined) return checked({ start: 0, end: size - 1, total: size }, contentLength);
  const probe = PROBE.exec(header);
  if (probe) return { probe: true, total: totalOf(probe[1]!) };
  const chunk = CHUNK.exec(header);
  if (!chunk)
    throw refused('must be "bytes <first>-<last>/<total>", or "bytes */<total>" to ask what has arrived');
  return checked(
    { start: Number(chunk[1]), end: Number(chunk[2]), total: totalOf(chunk[3]!) },
    contentLength,
  );
}

function checked(
  range: { start: number; end: number; total: number | null },
  contentLength: number | null,
): UploadRange {
  const length = range.end - range.start + 1;
  if (length < 1) throw refused('its last byte comes before its first');
  if (range.total !== null && range.end >= range.total) throw refused('its last byte lies beyond the total');
  if (contentLength !== null && contentLength !== length) {
    throw refused(`spans ${length} bytes, but the body has ${contentLength}`);
  }
  return range;
}

const refused = (reason: string) => new InvalidInputError([{ field: 'Content-Range', reason }]);
