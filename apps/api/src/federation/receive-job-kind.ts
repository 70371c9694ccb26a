import { defineJob, exponentialBackoff, type JobKind } from '../jobs/job-queue.js';
import type { Config } from '../config/config.js';

/** Handles one recorded activity. The configuration says how often it is tried: for six hours, unless it says otherwise. */
export const receiveJob = ({ federation: { inbox } }: Pick<Config, 'federation'>): JobKind<{ id: number }> =>
  defineJob<{ id: number }>({
    name: 'federation.receive',
    attempts: inbox.attempts,
    backoff: exponentialBackoff(inbox.firstRetry, inbox.maxRetry),
    concurrency: inbox.concurrency,
    // What became of it stands with the activity.
    forgotten: true,
  });
