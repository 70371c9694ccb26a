import { type HookRegistry, jobFailed, type JsonValue } from '@vidiverse/hooks';
import type { JobEntity } from './job.entity.js';

/** Tells plugins of a job that is not tried again. */
export function tellFailed(registry: HookRegistry, job: JobEntity): void {
  if (!registry.hasHandlers(jobFailed)) return;
  const { id, kind, attempts, lastError: error, finishedAt } = job;
  registry.emit(jobFailed, {
    id,
    kind,
    // A copy, since what is told is frozen.
    payload: structuredClone(job.payload) as JsonValue,
    state: job.state === 'set-aside' ? 'set-aside' : 'failed',
    attempts,
    error,
    failedAt: (finishedAt ?? new Date()).toISOString(),
  });
}
