import { createHash, timingSafeEqual } from 'node:crypto';
import { SignatureError } from '../federation.errors.js';
import { parseDictionary } from './structured-fields.js';

const sha = (algorithm: string, body: Uint8Array): Buffer => createHash(algorithm).update(body).digest();

/** The `Digest` header (RFC 3230) that goes with a draft-cavage signature. */
export const digestOf = (body: Uint8Array): string => `SHA-256=${sha('sha256', body).toString('base64')}`;

/** The `Content-Digest` header (RFC 9530) that goes with an RFC 9421 signature. */
export const contentDigestOf = (body: Uint8Array): string =>
  `sha-256=:${sha('sha256', body).toString('base64')}:`;

/** @throws SignatureError unless the header has exactly one SHA-256, and it is the body's. */
export function checkDigest(header: string, body: Uint8Array): void {
  const given = header
    .split(',')
    .flatMap((entry) => /^\s*sha-256=([A-Za-z0-9+/]+=*)\s*$/i.exec(entry)?.[1] ?? []);
  if (given.length !== 1) throw new SignatureError('wrong_digest', 'Digest has no single SHA-256 value');
  checkEqual(Buffer.from(given[0]!, 'base64'), sha('sha256', body), 'Digest');
}

/** @throws SignatureError unless the header has a SHA-256 or SHA-512 and each of them is the body's. */
export function checkContentDigest(header: string, body: Uint8Array): void {
  const entries = [...parseDictionary(header)].filter(([name]) => name === 'sha-256' || name === 'sha-512');
  if (entries.length === 0)
    throw new SignatureError('wrong_digest', 'Content-Digest has no SHA-256 or SHA-512');
  for (const [name, { value }] of entries) {
    if (!Buffer.isBuffer(value)) throw new SignatureError('wrong_digest', 'Content-Digest is malformed');
    checkEqual(value, sha(name.replace('-', ''), body), 'Content-Digest');
  }
}

function checkEqual(given: Buffer, actual: Buffer, header: string): void {
  if (given.length !== actual.length || !timingSafeEqual(given, actual)) {
    throw new SignatureError('wrong_digest', `${header} is not that of the body`);
  }
}
