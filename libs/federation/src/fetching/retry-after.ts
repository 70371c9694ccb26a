/** Seconds: whoever asks for a longer pause is asked again after a week. */
const LONGEST = 7 * 24 * 3600;

/** Reads a Retry-After header (RFC 9110 section 10.2.3), a number of seconds or a date, as seconds from now. */
export function readRetryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), LONGEST);
}
