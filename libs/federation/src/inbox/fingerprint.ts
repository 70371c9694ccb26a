import { createHash } from 'node:crypto';
import type { CompactedDocument, CompactedValue } from '../vocabulary/compact.js';

export interface Fingerprinted {
  actorUrl: string;
  activity: CompactedDocument;
  issuedAt: Date | null;
  /** Of what its author signed; null without a signature. */
  graphHash: string | null;
}

/**
 * What makes two activities the same: author, content (with the id) and when it was issued, as far as that is proven. Not the
 * id alone: PeerTube tells different changes of a video under one id, and follows or likes again under the id of
 * before, with the very same content. Not the received text: what nobody signed can be changed by whoever hands it on.
 */
export function fingerprintOf({ actorUrl, activity, issuedAt, graphHash }: Fingerprinted): string {
  const parts = [actorUrl, graphHash ?? canonical(activity), issuedAt?.toISOString() ?? ''];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** The same for every order of terms and values: neither has a meaning. */
function canonical(value: CompactedValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  const terms = Object.entries(value.terms)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([term, values]) => `${term}:[${values.map(canonical).sort().join()}]`);
  return `{${JSON.stringify(value.id)},${JSON.stringify([...value.types].sort())},${terms.join()}}`;
}
