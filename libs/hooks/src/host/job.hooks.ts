import { defineEvent } from '../hook.js';
import type { JsonValue } from './json.js';

/** Background work that is not tried again by itself. */
export interface FailedJob {
  readonly id: string;
  /** `<feature>.<verb>`, such as `media.process`. */
  readonly kind: string;
  readonly payload: JsonValue;
  /** `set-aside`: it killed its process too often. */
  readonly state: 'failed' | 'set-aside';
  /** Tries that failed. */
  readonly attempts: number;
  readonly error: string | null;
  /** ISO 8601. */
  readonly failedAt: string;
}

export const jobFailed = defineEvent<FailedJob>({
  name: 'jobs.job.failed',
  description: 'A job has failed for the last time, or was set aside because its process died of it.',
  example: `({ kind, error }) => void console.error(kind, error)`,
});
