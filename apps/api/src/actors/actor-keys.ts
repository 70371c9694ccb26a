import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** PEM: SPKI and PKCS #8. */
export interface ActorKeys {
  publicKey: string;
  privateKey: string;
}

/** What PeerTube and Mastodon make, and the least that others accept. */
const BITS = 2048;

/** A new RSA key pair; a tenth of a second of work in a thread of Node's pool, so never in a transaction. */
export const newActorKeys = (): Promise<ActorKeys> =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
