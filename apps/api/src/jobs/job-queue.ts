import type { EntityManager } from 'typeorm';

/** `set-aside`: it killed its process too often and is not run again until an administrator asks. */
export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed' | 'cancelled' | 'set-aside';

/** A kind of job as a typed constant; the compiler knows the payload. */
export interface JobKind<Payload> {
  /** `<feature>.<verb>`, such as `media.process`. */
  readonly name: string;
  /** Tries in all, 1 or more. */
  readonly attempts: number;
  /** Milliseconds before the try after `failures` failed ones. */
  readonly backoff: (failures: number) => number;
  /** Jobs of this kind at once in one process; default `jobs.concurrency`. */
  readonly concurrency?: number;
  /** Completed ones leave no row: for very many small jobs whose outcome stands elsewhere. */
  readonly forgotten?: boolean;
  /** Never set: it only carries the type. */
  readonly payload?: Payload;
}

/** Doubles from `first` up to `most` milliseconds, with up to 20 % of jitter. */
export const exponentialBackoff = (first: number, most: number) => (failures: number) =>
  Math.min(first * 2 ** Math.max(0, failures - 1), most) * (1 + Math.random() * 0.2);

/** Declares a kind of job: three tries, one second apart and doubling, unless it says otherwise. */
export function defineJob<Payload>(
  kind: Omit<Partial<JobKind<Payload>>, 'payload'> & { name: string },
): JobKind<Payload> {
  return { attempts: 3, backoff: exponentialBackoff(1000, 60_000), ...kind };
}

export interface AddJobOptions {
  /** Milliseconds to wait first. */
  delay?: number;
  /** Smaller runs first; default 0. */
  priority?: number;
  /** While an unfinished job of this kind has the same key, adding answers that one's id and adds nothing. */
  uniqueKey?: string;
  /** Writes the job within this transaction: it runs only if the transaction commits. */
  manager?: EntityManager;
}

/** What a handler gets. */
export interface RunningJob<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** Failed tries before this one. */
  readonly attempts: number;
  /**
   * Aborted on cancel, lost lease and shutdown. A handler passes it on and stops by throwing (`signal.throwIfAborted()`):
   * one that resolves says that the work is done.
   */
  readonly signal: AbortSignal;
  /** 0 to 100. Written now and then, so call it as often as you like. */
  progress(percent: number): Promise<void>;
}

export type JobHandler<Payload> = (job: RunningJob<Payload>) => Promise<void>;

/** Thrown by a handler when trying again cannot help: the job fails at once. */
export class UnrecoverableJobError extends Error {}

export interface JobView {
  id: string;
  kind: string;
  payload: unknown;
  state: JobState;
  priority: number;
  progress: number;
  attempts: number;
  crashes: number;
  lastError: string | null;
  createdAt: Date;
  runAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface JobListQuery {
  state?: JobState;
  kind?: string;
  start: number;
  count: number;
  newestFirst?: boolean;
}

/**
 * Durable background work. Every job is a row before it is anything else; it runs at least once, a finished one never
 * again. Two adapters: embedded (database only) and Bull (Redis carries the work, the rows stay the truth).
 */
export abstract class JobQueue {
  /**
   * Writes a job and wakes a worker once it is committed. Answers its id.
   * @throws JobPayloadTooLargeError when the payload as JSON is larger than `jobs.maxPayload`.
   */
  abstract add<Payload>(kind: JobKind<Payload>, payload: Payload, options?: AddJobOptions): Promise<string>;

  /** Names the one handler of a kind; a second one for the same kind throws. Call in `onModuleInit`; work begins after bootstrap, in role `worker`. */
  abstract process<Payload>(kind: JobKind<Payload>, handler: JobHandler<Payload>): void;

  /** A waiting job is cancelled at once, a running one gets its signal aborted and is cancelled when it stopped. False when it had finished already. */
  abstract cancel(id: string): Promise<boolean>;

  /** Puts a failed, cancelled or set-aside job back to waiting, with its counters at zero. False when it is none of these. */
  abstract retry(id: string): Promise<boolean>;

  /** No process begins a job any more until `resume`, also across restarts; adding goes on, and so do running jobs. */
  abstract pause(): Promise<void>;

  abstract resume(): Promise<void>;

  abstract get(id: string): Promise<JobView | null>;

  abstract list(query: JobListQuery): Promise<{ total: number; data: JobView[] }>;

  /** Resolves when no job is waiting to run now or running (delayed ones do not count). For tests and graceful stops. */
  abstract untilIdle(timeoutMs?: number): Promise<void>;
}
