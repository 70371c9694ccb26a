import { SignatureError } from '../federation.errors.js';

export interface TimeWindow {
  /** Milliseconds since 1970. */
  now: number;
  /** How far, in milliseconds, a peer's clock may be off in either direction; the edge itself is inside. */
  clockSkew: number;
}

export const DEFAULT_CLOCK_SKEW = 30 * 60 * 1000;

const SECONDS = /^\d{1,12}$/;
/** IMF-fixdate (RFC 9110 section 5.6.7); the older two forms are not sent by anyone. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** When the `Date` header says it was signed. @throws SignatureError unless that is within the window. */
export function checkDate(header: string, window: TimeWindow): Date {
  return checkSigned(HTTP_DATE.test(header) ? Date.parse(header) : NaN, window);
}

/** When `created`, in seconds, says it was signed. @throws SignatureError unless that is within the window. */
export function checkCreated(created: unknown, window: TimeWindow): Date {
  return checkSigned(milliseconds(created), window);
}

/** Without allowance for clocks: the sender chose how long. @throws SignatureError when `expires`, in seconds, has passed. */
export function checkExpires(expires: unknown, { now }: TimeWindow): void {
  if (!(milliseconds(expires) >= now)) throw outside('expired');
}

function checkSigned(time: number, { now, clockSkew }: TimeWindow): Date {
  if (!(Math.abs(now - time) <= clockSkew)) throw outside('not signed at about this time');
  return new Date(time);
}

const milliseconds = (seconds: unknown): number =>
  SECONDS.test(String(seconds)) ? Number(seconds) * 1000 : NaN;

const outside = (why: string) => new SignatureError('outside_time_window', `the signature is ${why}`);
