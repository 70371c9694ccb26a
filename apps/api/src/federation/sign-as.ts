import {
  CONTEXT,
  type JsonObject,
  type JsonValue,
  type SignatureWorkers,
  type SignedDocument,
} from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';

/** The document under our context with a Linked Data Signature of its author, dated `created`. */
export function signAs(
  workers: SignatureWorkers,
  { url, privateKey }: Pick<ActorEntity, 'url' | 'privateKey'>,
  document: JsonObject,
  created: Date,
): Promise<SignedDocument> {
  const signer = { creator: url, privateKeyPem: privateKey!, created };
  return workers.sign({ '@context': [...CONTEXT] as JsonValue[], ...document }, signer);
}
