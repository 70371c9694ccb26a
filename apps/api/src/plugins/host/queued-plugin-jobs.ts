import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  type AddPluginJobOptions,
  type JsonValue,
  type PluginJob,
  PluginJobs,
  readInterval,
  readJobName,
  type RunningPluginJob,
} from '@vidiverse/hooks';
import { defineJob, exponentialBackoff, type JobKind, type JobQueue } from '../../jobs/job-queue.js';
import { Ticker } from '../../jobs/ticker.js';
import type { ActivePlugins } from '../active-plugins.js';

const LONGEST_BACKOFF_MS = 3600_000;
/** Milliseconds after which a job of a plugin that is off looks again. */
const OFF_PAUSE_MS = 60_000;
const LOOK_EVERY_MS = 5000;

interface Repeated {
  kind: JobKind<null>;
  intervalMs: number;
  /** When this process saw it run last. */
  ranAt: number;
}

/** The jobs of one plugin, in the instance's own queue under the plugin's name. */
export class QueuedPluginJobs extends PluginJobs implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Plugins');
  private readonly kinds = new Map<string, JobKind<JsonValue>>();
  private readonly tickers: Ticker[] = [];
  private readonly repeated: Repeated[] = [];

  constructor(
    private readonly plugin: string,
    private readonly queue: JobQueue,
    private readonly active: ActivePlugins,
  ) {
    super();
  }

  process<Payload extends JsonValue>(
    job: PluginJob<Payload>,
    handler: (running: RunningPluginJob<Payload>) => Promise<void>,
  ): void {
    const kind = this.kindOf(job);
    this.queue.process(kind, async ({ payload, attempts, signal }) => {
      if (this.active.has(this.plugin)) await handler({ payload: payload as Payload, attempts, signal });
      else await this.queue.add(kind, payload, { delay: OFF_PAUSE_MS });
    });
  }

  async add<Payload extends JsonValue>(
    job: PluginJob<Payload>,
    payload: Payload,
    { delayMs, uniqueKey }: AddPluginJobOptions = {},
  ): Promise<void> {
    await this.queue.add(this.kindOf(job), payload, { delay: delayMs, uniqueKey });
  }

  every(name: string, intervalMs: number, run: (signal: AbortSignal) => Promise<void>): void {
    const kind = defineJob<null>({
      name: this.kindName(`every-${readJobName(name)}`),
      attempts: 1,
      forgotten: true,
    });
    const repeated = { kind, intervalMs: readInterval(name, intervalMs), ranAt: 0 };
    this.repeated.push(repeated);
    this.queue.process(kind, async ({ signal }) => {
      repeated.ranAt = Date.now();
      if (!this.active.has(this.plugin)) return;
      try {
        await run(signal);
      } catch (error) {
        this.logger.warn(`plugin ${this.plugin}, ${name}: ${String(error).slice(0, 500)}`);
      }
    });
  }

  /** Every process asks; the key lets one job of a kind be there at a time. */
  onApplicationBootstrap(): void {
    for (const repeated of this.repeated) {
      const ticker = new Ticker(() => this.ask(repeated), Math.min(repeated.intervalMs, LOOK_EVERY_MS));
      this.tickers.push(ticker);
      ticker.start();
    }
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.tickers.map((ticker) => ticker.stop()));
  }

  private async ask({ kind, intervalMs, ranAt }: Repeated): Promise<void> {
    if (Date.now() - ranAt < intervalMs) return;
    try {
      await this.queue.add(kind, null, { uniqueKey: 'next' });
    } catch (error) {
      this.logger.warn(`plugin ${this.plugin}: ${kind.name} comes later: ${String(error)}`);
    }
  }

  private kindOf({ name, attempts = 3, retryDelayMs = 1000 }: PluginJob<JsonValue>): JobKind<JsonValue> {
    const known = this.kinds.get(name);
    if (known) return known;
    const backoff = exponentialBackoff(retryDelayMs, LONGEST_BACKOFF_MS);
    const kind = defineJob<JsonValue>({ name: this.kindName(readJobName(name)), attempts, backoff });
    this.kinds.set(name, kind);
    return kind;
  }

  private kindName(job: string): string {
    return `plugin.${this.plugin}.${job}`;
  }
}
