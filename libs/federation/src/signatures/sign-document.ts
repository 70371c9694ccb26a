import jsigs from 'jsonld-signatures';
import { createPrivateKey } from 'node:crypto';
import type { JsonObject } from '../vocabulary/read-json.js';
import { RSA_SIGNATURE_2017, type SignatureBlock } from './read-signature.js';
import { AnyPurpose, RsaSignature2017 } from './rsa-signature-2017.js';

export interface Signer {
  /** The id of the actor; peers look its key up by it. */
  creator: string;
  privateKeyPem: string;
  /** Now when it is absent. */
  created?: Date;
}

export type SignedDocument = JsonObject & { signature: JsonObject & SignatureBlock };

/**
 * Adds an RsaSignature2017 by the author. @throws when a part of the document would not be signed, as a term that its
 * context does not define: such a part is a mistake of ours.
 */
export async function signDocument(
  document: JsonObject,
  { creator, privateKeyPem, created = new Date() }: Signer,
): Promise<SignedDocument> {
  const { signature: _former, ...content } = document;
  const suite = new RsaSignature2017({
    creator,
    key: createPrivateKey(privateKeyPem),
    created: created.toISOString(),
  });
  const signed = await jsigs.sign({ ...content }, { suite, purpose: new AnyPurpose() }).catch(explain);
  const { creator: by, created: at, signatureValue } = signed.proof as Omit<SignatureBlock, 'type'>;
  return { ...content, signature: { type: RSA_SIGNATURE_2017, creator: by, created: at, signatureValue } };
}

/** The library says what it would leave out beside its message. */
function explain(error: Error & { details?: { event?: { message: string; details: object } } }): never {
  const event = error.details?.event;
  if (!event) throw error;
  throw new Error(`not signed whole: ${event.message} ${JSON.stringify(event.details)}`, { cause: error });
}
