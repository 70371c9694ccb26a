import type { JsonValue } from '../src/host/json.js';
import {
  type AddPluginJobOptions,
  type PluginJob,
  PluginJobs,
  readInterval,
  readJobName,
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
  private running: WaitingJob | undefined;
  private readonly handlers = new Map<string, { most: number; handle: Handler }>();
  private readonly repeated = new Map<string, (signal: AbortSignal) => Promise<void>>();
  private readonly signal = new AbortController().signal;

  process<Payload extends JsonValue>(
    { name, attempts = 3 }: PluginJob<Payload>,
    handler: (running: RunningPluginJob<Payload>) => Promise<void>,
  ): void {
    if (this.handlers.has(readJobName(name))) throw new Error(`${name} has a handler already.`);
    this.handlers.set(name, { most: attempts, handle: handler as Handler });
  }

  async add<Payload extends JsonValue>(
    { name }: PluginJob<Payload>,
    payload: Payload,
    { uniqueKey }: AddPluginJobOptions = {},
  ): Promise<void> {
    const unfinished = this.running ? [...this.waiting, this.running] : this.waiting;
    const isThere = unfinished.some((job) => job.name === name && job.uniqueKey === uniqueKey);
    if (uniqueKey !== undefined && isThere) return;
    this.waiting.push({ name: readJobName(name), payload, attempts: 0, uniqueKey });
  }

  every(name: string, intervalMs: number, run: (signal: AbortSignal) => Promise<void>): void {
    readInterval(name, intervalMs);
    this.repeated.set(readJobName(name), run);
  }

  /** Runs what comes again and again once. */
  async tick(): Promise<void> {
    for (const run of this.repeated.values()) await run(this.signal);
  }

  /** Runs what waits, once each. Answers how many have failed; those with tries left wait again. */
  async runWaiting(): Promise<number> {
    let failed = 0;
    const left = this.waiting.length;
    for (let count = 0; count < left; count++) if (!(await this.runNext())) failed += 1;
    return failed;
  }

  private async runNext(): Promise<boolean> {
    const job = this.waiting.shift()!;
    const handler = this.handlers.get(job.name);
    if (!handler) throw new Error(`Nobody handles ${job.name}.`);
    this.running = job;
    try {
      await handler.handle({ payload: job.payload, attempts: job.attempts, signal: this.signal });
      return true;
    } catch {
      job.attempts += 1;
      if (job.attempts < handler.most) this.waiting.push(job);
      return false;
    } finally {
      this.running = undefined;
    }
  }
}
