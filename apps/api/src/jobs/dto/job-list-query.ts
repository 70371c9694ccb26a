import { z } from 'zod';
import { pageQuery } from '../../shared/page.js';
import type { JobListQuery } from '../job-queue.js';

const STATES = ['waiting', 'delayed', 'active', 'completed', 'failed', 'cancelled', 'set-aside'] as const;
/** States of PeerTube's queue that ours has no use for: accepted, and nothing is ever in them. */
const FOREIGN_STATES = ['paused', 'prioritized', 'waiting-children'] as const;
const ALL_STATES = [...STATES, ...FOREIGN_STATES];

export const jobStateParam = z.object({
  state: z
    .enum(ALL_STATES, { error: `must be one of ${ALL_STATES.join(', ')}` })
    .optional()
    .describe('Jobs in this state only. `cancelled` and `set-aside` are ours.'),
});
export type JobStateParam = z.output<typeof jobStateParam>;

export const jobListQuery = pageQuery.extend({
  jobType: z.string().max(100).optional().describe('Jobs of this kind only, such as `media.process`.'),
  sort: z
    .enum(['createdAt', '-createdAt'], { error: 'must be createdAt or -createdAt' })
    .default('-createdAt')
    .describe('By time of creation; a leading - for newest first.'),
});
export type JobListParams = z.output<typeof jobListQuery>;

export const jobIdParam = z.object({ id: z.string().max(64).describe('Id of the job.') });
export type JobIdParam = z.output<typeof jobIdParam>;

/** What to ask the queue for; null when nothing can be in that state. */
export function toJobListQuery({ state }: JobStateParam, query: JobListParams): JobListQuery | null {
  const own = STATES.find((known) => known === state);
  if (state && !own) return null;
  const { start, count, sort, jobType } = query;
  return { state: own, kind: jobType, start, count, newestFirst: sort === '-createdAt' };
}
