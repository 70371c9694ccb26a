import { constants, type KeyObject, verify } from 'node:crypto';
import { SignatureError } from '../federation.errors.js';
import { checkContentDigest } from './digest.js';
import type { ParsedSignature } from './http-signature.js';
import type { RequestHeaders, SignedRequest } from './request-headers.js';
import { type Item, type Member, parseDictionary } from './structured-fields.js';
import { checkCreated, checkExpires, type TimeWindow } from './time-window.js';

const MAX_COMPONENTS = 20;

/** RFC 9421 section 3.3.1 and 3.3.2. A salt is as long as the hash. */
const RSA_ALGORITHMS: ReadonlyMap<unknown, { hash: string; options: object }> = new Map([
  ['rsa-v1_5-sha256', { hash: 'sha256', options: { padding: constants.RSA_PKCS1_PADDING } }],
  [
    'rsa-pss-sha512',
    { hash: 'sha512', options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 } },
  ],
]);
/** What Mastodon signs with, without saying so. */
const DEFAULT_ALGORITHM = 'rsa-v1_5-sha256';

/** Checks all that needs no key of an HTTP Message Signature (RFC 9421). @throws SignatureError */
export function parseMessageSignature(
  request: SignedRequest,
  headers: RequestHeaders,
  window: TimeWindow,
): ParsedSignature {
  const { input, signature } = onlySignature(headers);
  const components = componentsOf(input);
  const { parameters } = input;
  const keyId = parameters.get('keyid');
  if (typeof keyId !== 'string' || keyId === '') throw malformed('keyid');
  checkCoverage(components, request);
  const signedAt = checkCreated(parameters.get('created'), window);
  if (parameters.has('expires')) checkExpires(parameters.get('expires'), window);
  if (request.body) checkContentDigest(headers.single('content-digest'), request.body);
  const algorithm = RSA_ALGORITHMS.get(parameters.get('alg') ?? DEFAULT_ALGORITHM);
  if (!algorithm) throw new SignatureError('unsupported_algorithm', 'the algorithm is not accepted');

  const base = Buffer.from(signatureBase(components, input.raw, request, headers));
  const { hash, options } = algorithm;
  return { keyId, signedAt, isBy: (key: KeyObject) => verify(hash, base, { key, ...options }, signature) };
}

/** RFC 9421 section 2.5: what is signed. */
export function signatureBase(
  components: string[],
  parameters: string,
  request: SignedRequest,
  headers: RequestHeaders,
): string {
  return [
    ...components.map((name) => `"${name}": ${componentValue(name, request, headers)}`),
    `"@signature-params": ${parameters}`,
  ].join('\n');
}

/** One signature, under one label in both headers: of several we could not say which one counts. */
function onlySignature(headers: RequestHeaders): { input: Member; signature: Buffer } {
  const inputs = [...parseDictionary(headers.single('signature-input'))];
  const signatures = parseDictionary(headers.single('signature'));
  const [label, input] = inputs[0]!;
  const signature = signatures.get(label)?.value;
  if (inputs.length > 1 || signatures.size > 1) throw malformed('more than one');
  if (!Buffer.isBuffer(signature)) throw malformed('no signature for its input');
  return { input, signature };
}

function componentsOf({ value }: Member): string[] {
  if (!Array.isArray(value)) throw malformed('components');
  const names = value.map(nameOf);
  if (names.length > MAX_COMPONENTS || new Set(names).size < names.length) throw malformed('components');
  return names;
}

function nameOf({ value, parameters }: Item): string {
  // Parameters choose parts of a component; nobody in the fediverse signs with them.
  if (typeof value !== 'string' || value !== value.toLowerCase() || parameters.size > 0)
    throw malformed('components');
  return value;
}

/** The whole address must be covered: as `@target-uri`, or in its parts. */
function checkCoverage(components: string[], { target, body }: SignedRequest): void {
  const covers = (name: string) => components.includes(name);
  const parts = covers('@authority') && covers('@path') && (covers('@query') || !target.includes('?'));
  if (!covers('@method')) throw notSigned('@method');
  if (!covers('@target-uri') && !parts) throw notSigned('@target-uri');
  if (body && !covers('content-digest')) throw notSigned('content-digest');
}

function componentValue(name: string, request: SignedRequest, headers: RequestHeaders): string {
  const [path, ...query] = request.target.split('?');
  switch (name) {
    case '@method':
      return request.method.toUpperCase();
    case '@target-uri':
      return request.origin + request.target;
    case '@authority':
      return new URL(request.origin).host;
    case '@scheme':
      return new URL(request.origin).protocol.slice(0, -1);
    case '@request-target':
      return request.target;
    case '@path':
      return path!;
    case '@query':
      return `?${query.join('?')}`;
    default:
      if (name.startsWith('@')) throw malformed('components');
      return headers.single(name);
  }
}

const notSigned = (name: string) => new SignatureError('header_not_signed', `${name} is not signed`);
const malformed = (what: string) =>
  new SignatureError('malformed_signature', `the signature is malformed: ${what}`);
