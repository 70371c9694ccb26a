import { SignatureError } from '../federation.errors.js';
import type { JsonObject, JsonValue } from '../vocabulary/read-json.js';
import { webUrl } from '../vocabulary/urls.js';

export const RSA_SIGNATURE_2017 = 'RsaSignature2017';

export interface SignatureBlock {
  type: string;
  creator: string;
  created: string;
  signatureValue: string;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MAX_SIGNATURE_LENGTH = 2_000;

/** The signature of a document, checked for form only. @throws SignatureError */
export function readSignature({ signature, proof }: JsonObject): SignatureBlock {
  if (signature === undefined) throw new SignatureError('missing_signature', 'the document has no signature');
  if (proof !== undefined) throw malformed('a second signature');
  if (typeof signature !== 'object' || signature === null || Array.isArray(signature)) {
    throw malformed('not one object');
  }
  const { type, creator, created, signatureValue } = signature;
  if (type !== RSA_SIGNATURE_2017) {
    throw new SignatureError('unsupported_algorithm', 'the signature is not an RsaSignature2017');
  }
  if (!isText(creator) || webUrl(creator) === null) throw malformed('creator');
  if (!isText(created) || Number.isNaN(Date.parse(created))) throw malformed('created');
  if (
    !isText(signatureValue) ||
    signatureValue.length > MAX_SIGNATURE_LENGTH ||
    !BASE64.test(signatureValue)
  ) {
    throw malformed('signatureValue');
  }
  return { type, creator, created, signatureValue };
}

const isText = (value: JsonValue | undefined): value is string => typeof value === 'string';
const malformed = (what: string) =>
  new SignatureError('malformed_signature', `the signature is malformed: ${what}`);
