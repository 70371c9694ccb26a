import type { KeyPair } from '../src/signatures/public-key.js';
import { signDocument, type SignedDocument } from '../src/signatures/sign-document.js';
import type { ActorKey } from '../src/signatures/verify-document.js';
import { CONTEXT } from '../src/vocabulary/context.js';
import type { JsonObject } from '../src/vocabulary/read-json.js';
import { keptKeyPair } from './kept-key-pairs.js';

/** Somebody on another server, with a key. */
export class TestActor {
  private constructor(
    readonly id: string,
    readonly keys: KeyPair,
  ) {}

  static async create(id = 'https://peer.example/accounts/alice'): Promise<TestActor> {
    return new TestActor(id, await keptKeyPair());
  }

  get key(): ActorKey {
    return { owner: this.id, publicKeyPem: this.keys.publicKeyPem };
  }

  /** Knows this actor's key, by the actor's id and by `#main-key`. */
  readonly findKey = async (keyId: string): Promise<ActorKey | null> =>
    keyId === this.id || keyId === `${this.id}#main-key` ? this.key : null;

  activity(fields: JsonObject): JsonObject {
    return {
      '@context': CONTEXT as JsonObject[],
      id: `${this.id}/activities/1`,
      type: 'Create',
      actor: this.id,
      ...fields,
    };
  }

  sign(document: JsonObject, created?: Date): Promise<SignedDocument> {
    return signDocument(document, { creator: this.id, privateKeyPem: this.keys.privateKeyPem, created });
  }
}
