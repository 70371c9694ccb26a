import { type ExchangeAnswer } from './exchanges.js';
import { type FetchOptions } from './remote-answers.js';
import { RemoteError } from './remote-error.js';

export interface RangeOptions extends Pick<FetchOptions, 'budget' | 'signal'> {
  /** First and last byte, both included. */
  start: number;
  end: number;
  /** Gets the bytes as they come and in their order; while it works nothing more is read. */
  take: (chunk: Buffer) => Promise<void> | void;
  /** Milliseconds for all of it; default `limits.deadline`. */
  deadline?: number;
}

const CONTENT_RANGE = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/;

const malformed = (why: string) => new RemoteError('malformed', `The range was not answered: ${why}.`);

/**
 * Hands on the bytes of a 206, which must be the ones that were asked for (RFC 9110, 15.3.7). Answers the size of the whole
 * file; null when it is not said.
 */
export async function readRange(
  { status, headers, body }: ExchangeAnswer,
  { start, end, take }: Pick<RangeOptions, 'start' | 'end' | 'take'>,
): Promise<number | null> {
  if (status === 200) throw malformed('it has no ranges');
  const [, first, last, total] = CONTENT_RANGE.exec(headers['content-range'] ?? '') ?? [];
  if (Number(first) !== start || Number(last) !== end) throw malformed('other bytes came');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw malformed('it is compressed');
  let left = end - start + 1;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    left -= chunk.length;
    if (left < 0) throw new RemoteError('too_large', 'More bytes came than were asked for.');
    await take(chunk);
  }
  if (left > 0) throw malformed(`${left} bytes did not come`);
  return total === '*' ? null : Number(total);
}
