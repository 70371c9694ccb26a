import type { KeyObject } from 'node:crypto';
import { SignatureError } from '../federation.errors.js';
import { normalizeHost, webUrl } from '../vocabulary/urls.js';
import { type ParsedSignature, parseHttpSignature } from './http-signature.js';
import { parseMessageSignature } from './message-signature.js';
import { type KeyRules, readPublicKey } from './public-key.js';
import { RequestHeaders, type SignedRequest } from './request-headers.js';
import { DEFAULT_CLOCK_SKEW } from './time-window.js';
import type { ActorKey } from './verify-document.js';

const HANDLE = /^acct:[\w.+-]{1,100}@[^\s/@]{1,255}$/;
const WITHOUT_BODY = new Set(['GET', 'HEAD']);

export interface RequestRules extends KeyRules {
  /**
   * The key of `keyId`: a URL, or `acct:name@host`, which WebFinger resolves; null when there is none for sure. A passing fault
   * (the host is down) is to throw: the answer must then be 503. It is asked again with `refresh` when the signature is not by
   * the key it gave, since keys change; how often it then really fetches is its own limit.
   */
  findKey(keyId: string, how: { refresh: boolean }): Promise<ActorKey | null>;
  /** Reads a key's PEM, which costs as much as the verification itself; for callers that remember what they read. */
  readKey?(pem: string, rules: KeyRules): KeyObject;
  /** Milliseconds since 1970; the clock when it is absent. */
  now?: number;
  /** Milliseconds a peer's clock may be off, either way and inclusive; half an hour when it is absent. */
  clockSkew?: number;
}

export interface VerifiedRequest {
  keyId: string;
  /** The actor that sent the request, proven. */
  owner: string;
  /** By the sender's clock, within the window. */
  signedAt: Date;
}

/**
 * Verifies a draft-cavage HTTP Signature, or an RFC 9421 one when there is a `Signature-Input`. All that needs no key is
 * checked before one is looked up. @throws SignatureError
 */
export async function verifyRequest(request: SignedRequest, rules: RequestRules): Promise<VerifiedRequest> {
  const { findKey, now = Date.now(), clockSkew = DEFAULT_CLOCK_SKEW } = rules;
  const complete = WITHOUT_BODY.has(request.method)
    ? request
    : { ...request, body: request.body ?? Buffer.alloc(0) };
  const signature = parse(complete, { now, clockSkew });
  const { keyId, signedAt } = signature;
  if (webUrl(keyId) === null && !HANDLE.test(keyId)) {
    throw new SignatureError('malformed_signature', 'the keyId is neither a URL nor a handle');
  }
  const known = await findKey(keyId, { refresh: false });
  if (!known) throw new SignatureError('unknown_key', 'the key of the signature is not known');
  if (isBy(known, signature, rules)) return { keyId, signedAt, owner: known.owner };
  const fresh = await findKey(keyId, { refresh: true });
  if (fresh && fresh.publicKeyPem !== known.publicKeyPem && isBy(fresh, signature, rules)) {
    return { keyId, signedAt, owner: fresh.owner };
  }
  throw new SignatureError('bad_signature', 'the signature is not of this request by this key');
}

function parse(request: SignedRequest, window: { now: number; clockSkew: number }): ParsedSignature {
  const headers = new RequestHeaders(request.rawHeaders);
  if (headers.optional('signature') === null) {
    throw new SignatureError('missing_signature', 'the request is not signed');
  }
  // A signed `Host` is of use only if it is ours: else the request was signed for somebody else.
  if (normalizeHost(headers.single('host')) !== normalizeHost(new URL(request.origin).host)) {
    throw new SignatureError('wrong_host', 'the request was sent to another host');
  }
  return headers.optional('signature-input') === null
    ? parseHttpSignature(request, headers, window)
    : parseMessageSignature(request, headers, window);
}

function isBy({ publicKeyPem }: ActorKey, signature: ParsedSignature, rules: RequestRules): boolean {
  const { readKey = readPublicKey } = rules;
  return signature.isBy(readKey(publicKeyPem, rules));
}
