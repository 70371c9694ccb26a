import { generateKeyPair, type KeyPair } from '@vidiverse/federation';

/** PEM: SPKI and PKCS #8. */
export interface ActorKeys {
  publicKey: string;
  privateKey: string;
}

/** Answers a key pair that no actor has yet. */
export type NewKeyPair = () => Promise<KeyPair>;

/** Where new actors get their keys. */
export class ActorKeySource {
  /** `newKeyPair`: makes one, unless it is told where else they come from. */
  constructor(private readonly newKeyPair: NewKeyPair = generateKeyPair) {}

  /** A key pair of its own; a tenth of a second of work off the main thread, so never in a transaction. */
  async next(): Promise<ActorKeys> {
    const { publicKeyPem, privateKeyPem } = await this.newKeyPair();
    return { publicKey: publicKeyPem, privateKey: privateKeyPem };
  }
}
