import { z } from 'zod';
import { pageOf } from '../../shared/page.js';
import type { JobView } from '../job-queue.js';

const time = z.iso.datetime().nullable();

/** A job in PeerTube's shape; the fields from `priority` on are ours. */
export const jobSchema = z.object({
  id: z.string(),
  state: z.string().describe('waiting, delayed, active, completed, failed, cancelled or set-aside.'),
  type: z.string().describe('The kind of job, such as `media.process`.'),
  data: z.unknown().describe('The payload.'),
  progress: z.number().int().describe('0 to 100.'),
  error: z.string().nullable().describe('How the last try failed.'),
  createdAt: z.iso.datetime(),
  finishedOn: time,
  processedOn: time.describe('Begin of the last try.'),
  priority: z.number().int().describe('Smaller runs first.'),
  attempts: z.number().int().describe('Failed tries so far.'),
  crashes: z.number().int().describe('How often its process died while running it.'),
  runAt: z.iso.datetime().describe('Not before.'),
});
export type JobJson = z.output<typeof jobSchema>;

export const jobPageSchema = pageOf(jobSchema);

export function toJobJson(job: JobView): JobJson {
  return {
    id: job.id,
    state: job.state,
    type: job.kind,
    data: job.payload,
    progress: job.progress,
    error: job.lastError,
    createdAt: job.createdAt.toISOString(),
    finishedOn: job.finishedAt?.toISOString() ?? null,
    processedOn: job.startedAt?.toISOString() ?? null,
    priority: job.priority,
    attempts: job.attempts,
    crashes: job.crashes,
    runAt: job.runAt.toISOString(),
  };
}
