import jsigs from 'jsonld-signatures';
import { DocumentRefusedError, SignatureError } from '../federation.errors.js';
import { type CompactedDocument, compactNode } from '../vocabulary/compact.js';
import type { JsonObject } from '../vocabulary/read-json.js';
import { type KeyRules, readPublicKey } from './public-key.js';
import { readSignature } from './read-signature.js';
import { AnyPurpose, RsaSignature2017 } from './rsa-signature-2017.js';

/** A key and the actor that it belongs to. */
export interface ActorKey {
  owner: string;
  publicKeyPem: string;
}

export interface VerifiedDocument {
  /** As the signature names it: an actor's id, or that of its key. */
  creator: string;
  /** The author of the activity, proven. */
  owner: string;
  /**
   * When it was signed, by the author's word. A signature has no recipient and no end: a valid one says who wrote this, not
   * that it is new.
   */
  created: Date;
  /** SHA-256 of what was signed: the same for every document that says the same, however it was written. */
  graphHash: string;
  /** The only thing to read: the received tree may say what nobody signed. */
  activity: CompactedDocument;
}

/**
 * Verifies the RsaSignature2017 of a document and answers it in our own terms.
 * @throws SignatureError when it is not proven that the activity's actor wrote it, DocumentRefusedError when it cannot be read safely.
 */
export async function verifyDocument(
  document: JsonObject,
  findKey: (creator: string) => Promise<ActorKey | null>,
  rules: KeyRules = {},
): Promise<VerifiedDocument> {
  const signature = readSignature(document);
  const key = await findKey(signature.creator);
  if (!key) throw new SignatureError('unknown_key', 'the key of the signature is not known');
  return verifyWithKey(document, key, rules);
}

/** The same, when the key of `readSignature(document).creator` was looked up before. */
export async function verifyWithKey(
  document: JsonObject,
  key: ActorKey,
  rules: KeyRules = {},
): Promise<VerifiedDocument> {
  const signature = readSignature(document);
  const { signature: _block, ...content } = document;
  const suite = new RsaSignature2017({
    creator: signature.creator,
    key: readPublicKey(key.publicKeyPem, rules),
  });
  const result = await jsigs.verify({ ...content, proof: signature }, { suite, purpose: new AnyPurpose() });
  if (!result.verified) throw reasonOf(result.error?.errors?.[0]);
  const activity = compactNode(suite.signedTree!);
  checkActor(activity, key.owner);
  const { creator, created } = signature;
  return { creator, owner: key.owner, created: new Date(created), graphHash: suite.graphHash, activity };
}

function checkActor({ terms: { actor = [] } }: CompactedDocument, owner: string): void {
  const [only] = actor;
  const id = typeof only === 'object' ? only.id : only;
  if (actor.length !== 1 || id !== owner) {
    throw new SignatureError('creator_is_not_actor', 'the signature is not by the actor of the activity');
  }
}

/** The library hands on what was thrown inside; what it found itself is a bad signature. */
const reasonOf = (error: unknown): Error =>
  error instanceof SignatureError || error instanceof DocumentRefusedError
    ? error
    : new SignatureError('bad_signature', 'the signature cannot be verified');
