import { describe, expect, it } from '@jest/globals';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { generateKeyPair, readPublicKey } from './public-key.js';

const rsa = (modulusLength: number, publicExponent?: number): string =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();

/** An RSA key in SPKI with numbers of one's choice, which no library would generate. */
const rsaOf = (bits: number, exponent: string): string =>
  createPublicKey({
    key: { kty: 'RSA', n: Buffer.alloc(bits / 8, 0xff).toString('base64url'), e: exponent },
    format: 'jwk',
  })
    .export({ type: 'spki', format: 'pem' })
    .toString();

const refusal = (pem: string, rules = {}) => {
  try {
    readPublicKey(pem, rules);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a public key', () => {
  it('is accepted as this server makes it', async () => {
    const { publicKeyPem, privateKeyPem } = await generateKeyPair();
    expect(readPublicKey(publicKeyPem).asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    expect(privateKeyPem).toContain('BEGIN PRIVATE KEY');
  });

  it('of 1024 bits is accepted only for recorded documents, one of 512 bits never', () => {
    expect(refusal(rsa(1024))).toBe('unacceptable_key');
    expect(refusal(rsa(1024), { allowWeakKeys: true })).toBe('accepted');
    expect(refusal(rsa(512), { allowWeakKeys: true })).toBe('unacceptable_key');
  });

  it('of more than 8192 bits is refused', () => {
    expect(refusal(rsaOf(8192, 'AQAB'))).toBe('accepted');
    expect(refusal(rsaOf(8200, 'AQAB'))).toBe('unacceptable_key');
  });

  it.each([
    ['one', 'AQ'],
    ['even', 'AgA'],
    ['longer than 32 bits', Buffer.alloc(200, 0xff).toString('base64url')],
  ])('with an exponent that is %s is refused', (_what, exponent) => {
    expect(refusal(rsaOf(2048, exponent))).toBe('unacceptable_key');
  });

  it.each([
    ['an elliptic curve', generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })],
    [
      'a private key',
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ],
    [
      'PKCS#1',
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' }),
    ],
    ['64 kB', `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(65_536)}\n-----END PUBLIC KEY-----`],
    ['not DER inside', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['empty', ''],
  ])('that is %s is refused', (_what, pem) => {
    expect(refusal(String(pem))).toBe('unacceptable_key');
  });
});
