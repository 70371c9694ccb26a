import { createPublicKey, generateKeyPair as generate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { SignatureError } from '../federation.errors.js';

/** A key of 8192 bits has about 1,500 characters. */
const MAX_PEM_LENGTH = 5_000;
const MIN_BITS = 2_048;
const MAX_BITS = 8_192;
const WEAK_MIN_BITS = 1_024;
const MIN_EXPONENT = 3n;
const MAX_EXPONENT = 2n ** 32n;
const SPKI = /^\s*-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/;

export interface KeyRules {
  /** Also RSA keys from 1024 bits, as PeerTube makes in its test mode. Only for recorded documents. */
  allowWeakKeys?: boolean;
}

export interface KeyPair {
  publicKeyPem: string;
  privateKeyPem: string;
}

/** @throws SignatureError unless it is an RSA key of 2048 to 8192 bits in SPKI PEM, with an odd public exponent below 2^32. */
export function readPublicKey(pem: string, { allowWeakKeys = false }: KeyRules = {}): KeyObject {
  if (pem.length > MAX_PEM_LENGTH || !SPKI.test(pem)) throw unacceptable('not a public key in SPKI PEM');
  const key = parse(pem);
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa') throw unacceptable('not an RSA key');
  if (modulusLength < (allowWeakKeys ? WEAK_MIN_BITS : MIN_BITS) || modulusLength > MAX_BITS) {
    throw unacceptable(`${modulusLength} bits`);
  }
  if (publicExponent < MIN_EXPONENT || publicExponent > MAX_EXPONENT || publicExponent % 2n === 0n) {
    throw unacceptable('its exponent');
  }
  return key;
}

/** A new key of 2048 bits; takes about a tenth of a second, off the main thread. */
export async function generateKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await promisify(generate)('rsa', {
    modulusLength: MIN_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { publicKeyPem: publicKey, privateKeyPem: privateKey };
}

function parse(pem: string): KeyObject {
  try {
    return createPublicKey({ key: pem, format: 'pem', type: 'spki' });
  } catch {
    throw unacceptable('not a public key in SPKI PEM');
  }
}

const unacceptable = (why: string) =>
  new SignatureError('unacceptable_key', `the public key is not accepted: ${why}`);
