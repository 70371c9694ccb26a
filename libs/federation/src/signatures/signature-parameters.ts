import { SignatureError } from '../federation.errors.js';

export interface SignatureParameters {
  keyId: string;
  signature: string;
  algorithm?: string;
  headers?: string;
  created?: string;
  expires?: string;
}

const MAX_LENGTH = 8_192;
const PARAMETER = /\s*([A-Za-z]{1,30})=(?:"([^"\\]*)"|(\d+))\s*/y;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Reads the `Signature` header of the draft. @throws SignatureError when it is malformed or has a parameter twice. */
export function parseSignatureParameters(header: string): SignatureParameters {
  const found = new Map<string, string>();
  let position = 0;
  if (header.length > MAX_LENGTH) throw malformed('too long');
  do {
    PARAMETER.lastIndex = position;
    const [all, name, quoted, bare] = PARAMETER.exec(header) ?? [];
    if (all === undefined || name === undefined) throw malformed('parameters');
    if (found.has(name)) throw malformed(`${name} twice`);
    found.set(name, quoted ?? bare!);
    position += all.length + 1;
  } while (header[position - 1] === ',');
  if (position <= header.length) throw malformed('parameters');

  const [keyId, signature] = [found.get('keyId'), found.get('signature')];
  if (!keyId) throw malformed('keyId');
  if (!signature || !BASE64.test(signature)) throw malformed('signature');
  return {
    keyId,
    signature,
    algorithm: found.get('algorithm'),
    headers: found.get('headers'),
    created: found.get('created'),
    expires: found.get('expires'),
  };
}

const malformed = (what: string) =>
  new SignatureError('malformed_signature', `the signature is malformed: ${what}`);
