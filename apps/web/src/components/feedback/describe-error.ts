import { ApiError } from '../../api/api-error';

export interface ErrorText {
  /** What happened. */
  title: string;
  /** Why. */
  why: string;
  /** What to do. */
  advice: string;
  requestId: string | null;
}

/** An error in words for people; `what` says what was tried, such as "The videos could not be loaded". */
export function describeError(error: unknown, what: string): ErrorText {
  if (!(error instanceof ApiError)) {
    return {
      title: what,
      why: 'This page ran into a fault of its own.',
      advice: 'Reload the page; if it stays, tell the people who run this site.',
      requestId: null,
    };
  }
  return { title: what, why: error.message, advice: adviceFor(error), requestId: error.requestId };
}

function adviceFor({ status, code, retryAfter }: ApiError): string {
  if (status === 0) return 'Check your connection, then try again.';
  if (status === 401) return 'Log in, then try again.';
  // Its reason says what to do.
  if (code === 'registry_off') return '';
  if (status === 403) return 'Log in as someone who may do this.';
  if (status === 404) return 'It may have been deleted, or be private.';
  if (status === 429)
    return retryAfter ? `Try again in ${retryAfter} seconds.` : 'Wait a little, then try again.';
  if (status >= 500) return 'Try again in a moment. If it stays, tell the people who run this site.';
  return 'Change what is named above, then try again.';
}
