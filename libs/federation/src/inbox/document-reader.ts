import type { KeyRules } from '../signatures/public-key.js';
import type { ActorKey, VerifiedDocument } from '../signatures/verify-document.js';
import type { CompactedDocument } from '../vocabulary/compact.js';
import type { JsonObject } from '../vocabulary/read-json.js';

/** Reads documents, which costs time: `SignatureWorkers` does it in threads of their own. */
export interface DocumentReader {
  compact(document: JsonObject): Promise<CompactedDocument>;
  verify(
    document: JsonObject,
    findKey: (creator: string) => Promise<ActorKey | null>,
    rules?: KeyRules,
  ): Promise<VerifiedDocument>;
}
