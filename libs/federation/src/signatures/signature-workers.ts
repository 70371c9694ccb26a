import { availableParallelism } from 'node:os';
import { SignatureError } from '../federation.errors.js';
import type { CompactedDocument } from '../vocabulary/compact.js';
import type { JsonObject } from '../vocabulary/read-json.js';
import type { KeyRules } from './public-key.js';
import type { SignedDocument, Signer } from './sign-document.js';
import { readSignature } from './read-signature.js';
import type { ActorKey, VerifiedDocument } from './verify-document.js';
import type { Question, TaskName, Tasks } from './worker-messages.js';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.js';

export const DEFAULT_WORKER_OPTIONS: WorkerPoolOptions = {
  threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
  maxWaiting: 1_000,
  timeLimit: 5_000,
};

/**
 * `signDocument`, `verifyDocument` and `compactDocument` in threads of their own: making a graph canonical is synchronous
 * work of up to a quarter of a second. @throws SignatureWorkersBusyError in addition, when a document cannot be taken or takes
 * too long.
 */
export class SignatureWorkers {
  private readonly pool: WorkerPool;

  constructor(options: Partial<WorkerPoolOptions> = {}) {
    this.pool = new WorkerPool({ ...DEFAULT_WORKER_OPTIONS, ...options });
  }

  async verify(
    document: JsonObject,
    findKey: (creator: string) => Promise<ActorKey | null>,
    rules: KeyRules = {},
  ): Promise<VerifiedDocument> {
    const key = await findKey(readSignature(document).creator);
    if (!key) throw new SignatureError('unknown_key', 'the key of the signature is not known');
    const verified = await this.ask({ name: 'verify', document, key, rules });
    return { ...verified, created: new Date(verified.created) };
  }

  sign(document: JsonObject, signer: Signer): Promise<SignedDocument> {
    return this.ask({ name: 'sign', document, signer });
  }

  compact(document: JsonObject): Promise<CompactedDocument> {
    return this.ask({ name: 'compact', document });
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private ask<Name extends TaskName>(
    question: Extract<Question, { name: Name }>,
  ): Promise<Tasks[Name]['answer']> {
    return this.pool.ask(question) as Promise<Tasks[Name]['answer']>;
  }
}
