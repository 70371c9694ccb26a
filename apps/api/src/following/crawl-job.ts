import { defineJob, exponentialBackoff } from '../jobs/job-queue.js';

/** Reads the outbox of a followed actor. A server that is down is asked for about a day. */
export const crawlJob = defineJob<{ crawlId: number }>({
  name: 'following.crawl',
  attempts: 12,
  backoff: exponentialBackoff(30_000, 4 * 3600_000),
});
