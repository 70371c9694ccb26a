import { constants, sign } from 'node:crypto';
import { contentDigestOf } from '../src/signatures/digest.js';
import { signRequest } from '../src/signatures/http-signature.js';
import type { SignedRequest } from '../src/signatures/request-headers.js';
import { type RequestRules, type VerifiedRequest, verifyRequest } from '../src/signatures/verify-request.js';
import type { TestActor } from './test-actor.js';

export const NOW = Date.parse('2026-01-02T03:04:05Z');
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
const ORIGIN = 'https://video.example';
const BODY = Buffer.from('{"type":"Follow"}');

export interface Draft {
  method?: 'GET' | 'POST';
  target?: string;
  body?: Uint8Array;
  /** Milliseconds from NOW to the signature. */
  off?: number;
}

/** A request to https://video.example as `signRequest` makes it; `headers` can still be changed. */
export function draftRequest(
  actor: TestActor,
  draft: Draft = {},
): SignedRequest & { headers: Record<string, string> } {
  const { method = 'POST', target = '/inbox', off = 0 } = draft;
  const body = method === 'POST' ? (draft.body ?? BODY) : undefined;
  const headers = signRequest({
    method,
    url: ORIGIN + target,
    body,
    keyId: actor.id,
    privateKeyPem: actor.keys.privateKeyPem,
    date: new Date(NOW + off),
  });
  return {
    method,
    target,
    origin: ORIGIN,
    body,
    headers,
    get rawHeaders() {
      return Object.entries(this.headers).flat();
    },
  };
}

export interface Parts {
  /** In the order in which they are signed. */
  names: string[];
  parameters?: Record<string, string | number>;
  values?: Record<string, string>;
}

/** The same request with a draft-cavage signature of one's choice. */
export function cavage(
  actor: TestActor,
  { names, parameters = {}, values = {} }: Parts,
  draft: Draft = {},
): SignedRequest {
  const request = draftRequest(actor, draft);
  const known: Record<string, unknown> = {
    '(request-target)': `${request.method.toLowerCase()} ${request.target}`,
    '(created)': parameters.created,
    '(expires)': parameters.expires,
    ...request.headers,
    ...values,
  };
  const text = names.map((name) => `${name}: ${known[name] ?? ''}`).join('\n');
  const signature = sign('sha256', Buffer.from(text), actor.keys.privateKeyPem).toString('base64');
  const all = { keyId: actor.id, algorithm: 'hs2019', headers: names.join(' '), ...parameters, signature };
  request.headers.signature = Object.entries(all)
    .map(([name, value]) => (typeof value === 'number' ? `${name}=${value}` : `${name}="${value}"`))
    .join(',');
  return request;
}

/** The same request with an RFC 9421 signature of one's choice. */
export function message(
  actor: TestActor,
  { names, parameters = {}, values = {} }: Parts,
  draft: Draft = {},
): SignedRequest {
  const request = draftRequest(actor, draft);
  const { method, target } = request;
  const contentDigest = contentDigestOf(request.body ?? Buffer.alloc(0));
  const [path, query = ''] = target.split('?');
  const known: Record<string, string> = {
    ...request.headers,
    '@method': method,
    '@target-uri': ORIGIN + target,
    '@authority': 'video.example',
    '@path': path!,
    '@query': `?${query}`,
    'content-digest': contentDigest,
    ...values,
  };
  const quoted = { created: NOW / SECOND, keyid: actor.id, ...parameters };
  const raw =
    `(${names.map((name) => `"${name}"`).join(' ')})` +
    Object.entries(quoted)
      .map(([name, value]) => (typeof value === 'number' ? `;${name}=${value}` : `;${name}="${value}"`))
      .join('');
  const base = [...names.map((name) => `"${name}": ${known[name]}`), `"@signature-params": ${raw}`].join(
    '\n',
  );
  const signature = SIGN[parameters.alg ?? ''] ?? SIGN['rsa-v1_5-sha256']!;
  const { digest: _digest, ...headers } = request.headers;
  request.headers = {
    ...headers,
    'content-digest': contentDigest,
    'signature-input': `sig1=${raw}`,
    signature: `sig1=:${signature(base, actor.keys.privateKeyPem).toString('base64')}:`,
  };
  return request;
}

const SIGN: Record<string, (base: string, key: string) => Buffer> = {
  'rsa-v1_5-sha256': (base, key) => sign('sha256', Buffer.from(base), key),
  'rsa-pss-sha512': (base, key) =>
    sign('sha512', Buffer.from(base), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }),
};

/** The answer, or the code of the refusal. */
export const verdict = (
  request: SignedRequest,
  rules: Partial<RequestRules> & Pick<RequestRules, 'findKey'>,
): Promise<VerifiedRequest | string> =>
  verifyRequest(request, { now: NOW, ...rules }).catch((error: { code: string }) => error.code);
