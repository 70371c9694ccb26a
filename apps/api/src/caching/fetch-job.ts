import type { Config } from '../config/config.js';
import { defineJob, exponentialBackoff } from '../jobs/job-queue.js';

const MAX_DELAY = 3600_000;

export interface FetchPayload {
  copyId: number;
  /** Bytes that were here when the job was added: one that died too often without adding any is no victim but the cause. */
  from: number;
}

/** Fetches one copy; each try goes on from the pieces that are here. */
export const fetchCopy = ({ caching }: Pick<Config, 'caching'>) =>
  defineJob<FetchPayload>({
    name: 'caching.fetch',
    attempts: caching.attempts,
    backoff: exponentialBackoff(caching.retryDelay, MAX_DELAY),
    concurrency: caching.concurrency,
  });

/** One look at what should be cached and what should go; one at a time, whichever process runs it. */
export const cacheRound = defineJob<Record<string, never>>({
  name: 'caching.round',
  attempts: 1,
  concurrency: 1,
  forgotten: true,
});
