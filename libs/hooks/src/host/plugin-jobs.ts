import type { JsonValue } from './json.js';

/** A kind of background work, as a typed constant. */
export interface PluginJob<Payload extends JsonValue> {
  /** Small letters, digits and hyphens; the plugin's name is put before it. Never renamed: waiting jobs are known by it. */
  readonly name: string;
  /** Tries in all; default 3. */
  readonly attempts?: number;
  /** Milliseconds before the second try, doubling with each further one; default 1000. */
  readonly retryDelayMs?: number;
  /** Never set: it only carries the type. */
  readonly payload?: Payload;
}

export const definePluginJob = <Payload extends JsonValue>(
  job: Omit<PluginJob<Payload>, 'payload'>,
): PluginJob<Payload> => Object.freeze({ ...job });

export interface RunningPluginJob<Payload> {
  readonly payload: Payload;
  /** Tries that failed before this one. */
  readonly attempts: number;
  /** Aborted when the server stops or somebody cancels the job: stop by throwing, since a handler that ends has done it. */
  readonly signal: AbortSignal;
}

export interface AddPluginJobOptions {
  /** Milliseconds to wait first. */
  delayMs?: number;
  /** While an unfinished job of this kind has the same key, nothing is added. */
  uniqueKey?: string;
}

/**
 * Port: durable background work of one plugin. A job runs at least once, also when the process dies meanwhile; while the
 * plugin is off it waits.
 */
export abstract class PluginJobs {
  /** Names the one handler of a kind; call it in `onModuleInit`. A second one for the same kind throws. */
  abstract process<Payload extends JsonValue>(
    job: PluginJob<Payload>,
    handler: (running: RunningPluginJob<Payload>) => Promise<void>,
  ): void;

  abstract add<Payload extends JsonValue>(
    job: PluginJob<Payload>,
    payload: Payload,
    options?: AddPluginJobOptions,
  ): Promise<void>;

  /**
   * Runs something again and again, in one process at a time: after the start, and then so many milliseconds (1000 or more)
   * after each run. One that throws is counted and logged, and the next run comes all the same. Call it in `onModuleInit`.
   */
  abstract every(name: string, intervalMs: number, run: (signal: AbortSignal) => Promise<void>): void;
}

const NAME = /^[a-z][a-z0-9-]{0,40}$/;
const MIN_INTERVAL_MS = 1000;

/** The name itself, for versions of the port. @throws TypeError */
export function readJobName(name: string): string {
  if (NAME.test(name)) return name;
  throw new TypeError(
    `${name} is no name of a job: 1 to 41 small letters, digits and hyphens, a letter first.`,
  );
}

/** The interval itself, for versions of the port. @throws RangeError */
export function readInterval(name: string, intervalMs: number): number {
  if (intervalMs >= MIN_INTERVAL_MS) return intervalMs;
  throw new RangeError(`The interval of ${name} is ${intervalMs} ms; the least is ${MIN_INTERVAL_MS}.`);
}
