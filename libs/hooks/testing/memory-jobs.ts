import type { JsonValue } from '../src/host/json.js';
import {
  type AddPluginJobOptions,
  type PluginJob,
  PluginJobs,
  type RunningPluginJob,
} from '../src/host/plugin-jobs.js';

interface WaitingJob {
  name: string;
  payload: JsonValue;
  attempts: number;
  uniqueKey?: string;
}

type Handler = (running: RunningPluginJob<JsonValue>) => Promise<void>;

/** The port in memory: nothing runs before the test says so, and no delay is waited for. */
export class MemoryJobs extends PluginJobs {
  /** In the order of adding; those to be tried again at the end. */
  readonly waiting: WaitingJob[] = [];
  private readonly handlers = new Map<string, { most: number; handle: Handler }>();
  private readonly repeated = new Map<string, (signal: AbortSignal) => Promise<void>>();
  private readonly signal = new AbortController().signal;

  process<Payload extends JsonValue>(
    { name, attempts = 3 }: PluginJob<Payload>,
    handler: (running: RunningPluginJob<Payload>) => Promise<void>,
  ): void {
    this.handlers.set(name, { most: attempts, handle: handler as Handler });
  }

  async add<Payload extends JsonValue>(
    { name }: PluginJob<Payload>,
    payload: Payload,
    { uniqueKey }: AddPluginJobOptions = {},
  ): Promise<void> {
    const isThere = this.waiting.some((job) => job.name === name && job.uniqueKey === uniqueKey);
    if (uniqueKey === undefined || !isThere) this.waiting.push({ name, payload, attempts: 0, uniqueKey });
  }

  every(name: string, _intervalMs: number, run: (signal: AbortSignal) => Promise<void>): void {
    this.repeated.set(name, run);
  }

  /** Runs what comes again and again once. */
  async tick(): Promise<void> {
    for (const run of this.repeated.values()) await run(this.signal);
  }

  /** Runs what waits, once each. Answers how many have failed; those with tries left wait again. */
  async runWaiting(): Promise<number> {
    let failed = 0;
    for (const job of this.waiting.splice(0)) {
      const { most, handle } = this.handlers.get(job.name)!;
      try {
        await handle({ payload: job.payload, attempts: job.attempts, signal: this.signal });
      } catch {
        failed += 1;
        job.attempts += 1;
        if (job.attempts < most) this.waiting.push(job);
      }
    }
    return failed;
  }
}
