/** Stable: callers branch on it and administrators read it. */
export type RemoteErrorCode =
  | 'url_refused'
  | 'address_refused'
  | 'unresolved'
  | 'unreachable'
  | 'tls_failed'
  | 'timeout'
  | 'host_silent'
  | 'busy'
  | 'bad_status'
  | 'redirect_refused'
  | 'wrong_type'
  | 'too_large'
  | 'malformed'
  | 'wrong_id'
  | 'budget_spent'
  | 'aborted';

/** What may pass by itself. `bad_status` depends on the status. */
const PASSING = new Set<RemoteErrorCode>([
  'unresolved',
  'unreachable',
  'tls_failed',
  'timeout',
  'host_silent',
  'busy',
  'aborted',
]);

/** Statuses below 500 that ask for another try. */
const TRY_AGAIN = new Set([408, 425, 429]);
/** Statuses from 500 on that will not change by waiting. */
const NEVER = new Set([501, 505]);

/** Whether the same request may succeed later, by the status it got. */
export function isPassingStatus(status: number): boolean {
  return TRY_AGAIN.has(status) || (status >= 500 && !NEVER.has(status));
}

/** Something asked of another server that was not had, and whether asking again makes sense. */
export class RemoteError extends Error {
  readonly retryable: boolean;
  /** Of the answer, when there was one. */
  readonly status?: number;
  /** Seconds to wait before asking again, when it is known. */
  readonly retryAfter?: number;

  constructor(
    readonly code: RemoteErrorCode,
    message: string,
    details: { status?: number; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.retryable =
      details.status === undefined
        ? PASSING.has(code)
        : code === 'bad_status' && isPassingStatus(details.status);
  }
}
