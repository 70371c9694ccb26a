import { RemoteError, type RemoteErrorCode } from './remote-error.js';

/** Codes of Node's and undici's errors, by their beginnings, and what they mean to us. The rest is `unreachable`. */
const MEANINGS: Array<[RegExp, RemoteErrorCode]> = [
  [/^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$|^ETIMEDOUT$/, 'timeout'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'too_large'],
  [/^UND_ERR_(DESTROYED|CLOSED|ABORTED)$/, 'aborted'],
  [/^HPE_|^Z_|^ERR_ZLIB|^UND_ERR_(RES|REQ)_CONTENT_LENGTH/, 'malformed'],
  [/CERT|^ERR_TLS_|^ERR_SSL_|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^EPROTO$/, 'tls_failed'],
];

/** Turns what the network layer threw into one of our errors. */
export function asRemoteError(error: unknown, origin: string): RemoteError {
  if (error instanceof RemoteError) return error;
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (first instanceof RemoteError) return first;
  const { code = '', message = String(first) } = (first ?? {}) as { code?: string; message?: string };
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code))?.[1] ?? 'unreachable';
  return new RemoteError(meaning, `${origin}: ${message || code}`, { cause: error });
}
