import type { JobRunner } from './job-runner.js';
import type { ReadyJob } from './job-leases.js';

/** How waiting jobs reach a worker: the only part in which the two queues differ. */
export abstract class JobDelivery {
  /** These rows wait and are committed. Never throws and never waits for a network: what is lost here is found again. */
  abstract deliver(jobs: ReadyJob[]): void;

  /** From now on jobs of these kinds run here. */
  abstract start(runner: JobRunner, kinds: string[]): void;

  /** Called again and again while started; finds what other processes added and what was lost. */
  abstract beat(): Promise<void>;

  /** Takes nothing more until `resume`. Jobs that run go on. */
  abstract pause(): void;

  abstract resume(): void;

  /** Frees everything. Nothing runs any more when this is called. */
  abstract close(): Promise<void>;
}
