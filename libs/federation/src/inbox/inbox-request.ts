import type { IncomingHttpHeaders } from 'node:http';
import { FederationError } from '../federation.errors.js';

/** A POST to an inbox. */
export interface InboxRequest {
  method: string;
  /** With its query, as it stood in the request. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Names and values as they came, to see what came twice (`IncomingMessage.rawHeaders`). */
  rawHeaders: string[];
  rawBody: Buffer;
  /** Of the client, as the caller trusts it. */
  remoteAddress: string;
}

export interface Accepted {
  kind: 'accepted';
  /** 202: whatever becomes of it, the sender is done. */
  status: 202;
  /** `known`: it came before. `ignored`: there is nothing to do. */
  effect: 'recorded' | 'known' | 'ignored';
}

export interface Refused {
  kind: 'refused';
  status: number;
  /** Stable, for programs. */
  code: string;
  message: string;
  /** Seconds. */
  retryAfter?: number;
  /** Of a fault of ours. */
  cause?: unknown;
}

export type InboxAnswer = Accepted | Refused;

export type InboxRefusalCode =
  | 'too_many_requests'
  | 'wrong_content_type'
  | 'encoded_body'
  | 'payload_too_large'
  | 'too_many_activities'
  | 'malformed_activity'
  | 'not_the_actor'
  | 'signature_required'
  | 'too_old'
  | 'foreign_id'
  | 'foreign_object'
  | 'own_host'
  | 'blocked'
  | 'key_unavailable'
  | 'unavailable';

/** What the inbox itself refuses; signatures and documents have errors of their own. */
export class InboxRefusalError extends FederationError {
  constructor(
    readonly status: number,
    override readonly code: InboxRefusalCode,
    message: string,
    /** Seconds. */
    readonly retryAfter?: number,
  ) {
    super(code, message);
  }
}

/** Seconds after which a sender may come again when the fault was ours. */
const RETRY_AFTER = 10;

/** The answer to what was thrown. Whatever nobody foresaw is a fault of ours, and may pass. */
export function refuse(error: unknown): Refused {
  if (!(error instanceof FederationError)) {
    const message = 'The activity cannot be taken now.';
    return {
      kind: 'refused',
      status: 503,
      code: 'unavailable',
      message,
      retryAfter: RETRY_AFTER,
      cause: error,
    };
  }
  const { status, code, message } = error;
  const wait = error instanceof InboxRefusalError ? error.retryAfter : undefined;
  const retryAfter = wait ?? (status >= 500 ? RETRY_AFTER : undefined);
  return { kind: 'refused', status, code, message, ...(retryAfter !== undefined && { retryAfter }) };
}

export const tooManyRefusals = (retryAfter: number) =>
  new InboxRefusalError(
    429,
    'too_many_requests',
    'Too many requests of this address were refused.',
    retryAfter,
  );

/** Ends the work on something that is taken and has no effect. */
export class Ignored extends Error {}
