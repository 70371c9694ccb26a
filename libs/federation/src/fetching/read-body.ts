import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { RemoteError } from './remote-error.js';

/** The one compression that is asked for, and therefore undone. */
export const ACCEPT_ENCODING = 'gzip';

const tooLarge = (maxBytes: number) =>
  new RemoteError('too_large', `The answer is larger than ${maxBytes} bytes.`);

/** Reads a whole body; the limit counts the bytes after decompression. */
export async function readBody(
  headers: Record<string, string | undefined>,
  body: Readable,
  maxBytes: number,
): Promise<Buffer> {
  if (Number(headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of decoded(headers['content-encoding'], body) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Reads the beginning of a body; what is beyond the limit, or does not come, is let go. */
export async function readBeginning(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let left = maxBytes;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) break;
    }
  } catch {
    // The status has come, and that is the answer.
  }
  return Buffer.concat(chunks);
}

function decoded(encoding: string | undefined, body: Readable): Readable {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity') return body;
  if (name !== 'gzip' && name !== 'x-gzip') {
    throw new RemoteError('malformed', `The answer is compressed by "${name}", which was not asked for.`);
  }
  // Either end takes the other along, whoever stops first; the reader sees the error.
  return pipeline(body, createGunzip(), () => undefined);
}
