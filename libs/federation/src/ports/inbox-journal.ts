import type { CompactedDocument } from '../vocabulary/compact.js';

/** An activity whose author is proven. */
export interface InboxEntry {
  /** What makes it the same activity as another one. */
  fingerprint: string;
  activityUrl: string;
  actorUrl: string;
  /** Of the actor. */
  host: string;
  type: string;
  /** When its author issued it, by the author's clock; null when that is not proven. */
  issuedAt: Date | null;
  /** What was proven: the only thing to read. */
  document: CompactedDocument;
  /** As received, with its author's signature, when it may be handed on; null otherwise. */
  signedBody: string | null;
}

/** Port: what came in, durably, each activity once. */
export abstract class InboxJournal {
  /**
   * Records entries and the work that they ask for, all or nothing, and answers for each whether it was new. What is
   * recorded already is left as it is, also when two processes record it at the same moment.
   */
  abstract record(entries: InboxEntry[]): Promise<boolean[]>;
}
