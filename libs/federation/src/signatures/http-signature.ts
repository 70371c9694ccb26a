import { createPrivateKey, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { SignatureError } from '../federation.errors.js';
import { checkDigest, digestOf } from './digest.js';
import type { RequestHeaders, SignedRequest } from './request-headers.js';
import { parseSignatureParameters } from './signature-parameters.js';
import { checkCreated, checkDate, checkExpires, type TimeWindow } from './time-window.js';

/** https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12, as the fediverse uses it. */
const ALGORITHMS = new Set(['rsa-sha256', 'hs2019']);
const signAside: (algorithm: string, data: Buffer, key: KeyObject) => Promise<Buffer> = promisify(sign);
const MAX_SIGNED_HEADERS = 20;
const TARGET = '(request-target)';
const CREATED = '(created)';
const EXPIRES = '(expires)';

export interface RequestToSign {
  method: 'GET' | 'POST';
  url: string;
  /** With a POST. */
  body?: Uint8Array;
  keyId: string;
  privateKeyPem: string;
  /** Now when it is absent. */
  date?: Date;
}

/** A signature whose form, digest and time were found right; whether it is the key's is still to see. */
export interface ParsedSignature {
  keyId: string;
  /** By the signer's clock. */
  signedAt: Date;
  isBy(key: KeyObject): boolean;
}

/** The headers that a signed request needs in addition; PeerTube and Mastodon accept exactly these. */
export function signRequest({ privateKeyPem, ...request }: RequestToSign): Record<string, string> {
  const { text, headersWith } = prepare(request);
  return headersWith(sign('sha256', text, createPrivateKey(privateKeyPem)));
}

/** The same, the work done in a thread of Node's pool: for who signs so often that others would wait for it. */
export async function signRequestAside(
  request: Omit<RequestToSign, 'privateKeyPem'>,
  privateKey: KeyObject,
): Promise<Record<string, string>> {
  const { text, headersWith } = prepare(request);
  return headersWith(await signAside('sha256', text, privateKey));
}

function prepare({ method, url, body, keyId, date = new Date() }: Omit<RequestToSign, 'privateKeyPem'>) {
  const { host, pathname, search } = new URL(url);
  const headers: Record<string, string> = {
    host,
    date: date.toUTCString(),
    ...(body ? { digest: digestOf(body) } : {}),
  };
  const signed = { [TARGET]: `${method.toLowerCase()} ${pathname}${search}`, ...headers };
  const names = Object.keys(signed).join(' ');
  const lines = Object.entries(signed).map(([name, value]) => `${name}: ${value}`);
  const headersWith = (signature: Buffer) => ({
    ...headers,
    signature: `keyId="${keyId}",algorithm="rsa-sha256",headers="${names}",signature="${signature.toString('base64')}"`,
  });
  return { text: Buffer.from(lines.join('\n')), headersWith };
}

/** Checks all that needs no key. @throws SignatureError */
export function parseHttpSignature(
  request: SignedRequest,
  headers: RequestHeaders,
  window: TimeWindow,
): ParsedSignature {
  const parameters = parseSignatureParameters(headers.single('signature'));
  const { algorithm = 'hs2019' } = parameters;
  if (!ALGORITHMS.has(algorithm)) {
    throw new SignatureError(
      'unsupported_algorithm',
      `the algorithm ${algorithm.slice(0, 100)} is not accepted`,
    );
  }
  const names = (parameters.headers ?? 'date').toLowerCase().split(' ');
  if (names.length > MAX_SIGNED_HEADERS || new Set(names).size < names.length) throw malformed('headers');
  checkCoverage(names, request);
  const dated = names.includes('date') ? checkDate(headers.single('date'), window) : null;
  const created = names.includes(CREATED) ? checkCreated(parameters.created, window) : null;
  if (parameters.expires !== undefined || names.includes(EXPIRES)) checkExpires(parameters.expires, window);
  if (request.body) checkDigest(headers.single('digest'), request.body);

  const valueOf = (name: string, target: string) => {
    if (name === TARGET) return `${request.method.toLowerCase()} ${target}`;
    if (name === CREATED) return parameters.created;
    if (name === EXPIRES) return parameters.expires;
    return headers.single(name);
  };
  // PeerTube and old Mastodons sign the path without the query.
  const targets = new Set([request.target, request.target.split('?', 1)[0]!]);
  const texts = [...targets].map((target) =>
    names.map((name) => `${name}: ${valueOf(name, target)}`).join('\n'),
  );
  const signature = Buffer.from(parameters.signature, 'base64');
  return {
    keyId: parameters.keyId,
    // Coverage was checked: one of the two is there.
    signedAt: (created ?? dated)!,
    isBy: (key) => texts.some((text) => verify('sha256', Buffer.from(text), key, signature)),
  };
}

function checkCoverage(names: string[], { body }: SignedRequest): void {
  const needed = [TARGET, 'host', ...(body ? ['digest'] : [])];
  const missing = needed.find((name) => !names.includes(name));
  if (missing) throw new SignatureError('header_not_signed', `${missing} is not signed`);
  if (!names.includes('date') && !names.includes(CREATED)) {
    throw new SignatureError('header_not_signed', `neither date nor ${CREATED} is signed`);
  }
}

const malformed = (what: string) =>
  new SignatureError('malformed_signature', `the signature is malformed: ${what}`);
