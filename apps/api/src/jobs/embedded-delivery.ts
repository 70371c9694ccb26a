import { JobDelivery } from './job-delivery.js';
import type { ReadyJob } from './job-leases.js';
import type { JobRunner } from './job-runner.js';

/** No broker: the worker takes the next rows itself, at once when this process added some, else at the next beat. */
export class EmbeddedDelivery extends JobDelivery {
  private runner: JobRunner | undefined;
  private kinds: string[] = [];
  private readonly taking = new Set<string>();
  private readonly again = new Set<string>();

  deliver(jobs: ReadyJob[]): void {
    for (const kind of new Set(jobs.map((job) => job.kind))) this.wake(kind);
  }

  start(runner: JobRunner, kinds: string[]): void {
    this.runner = runner;
    this.kinds = kinds;
  }

  async beat(): Promise<void> {
    for await (const kind of this.runner?.waitingKinds() ?? []) await this.take(kind);
  }

  /** The runner itself takes nothing while the queue is paused. */
  pause(): void {}

  resume(): void {
    for (const kind of this.kinds) this.wake(kind);
  }

  async close(): Promise<void> {
    this.runner = undefined;
  }

  private wake(kind: string): void {
    // The next beat tries again, and tells when the database is away.
    this.take(kind).catch(() => undefined);
  }

  private async take(kind: string): Promise<void> {
    if (!this.kinds.includes(kind)) return;
    if (this.taking.has(kind)) {
      this.again.add(kind);
      return;
    }
    this.taking.add(kind);
    try {
      let started: number | undefined;
      do {
        this.again.delete(kind);
        started = await this.runner?.runNext(kind, () => this.wake(kind));
      } while (started || this.again.has(kind));
    } finally {
      this.taking.delete(kind);
    }
  }
}
