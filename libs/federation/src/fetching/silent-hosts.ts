import { RemoteError } from './remote-error.js';

/** Remembers for a while which hosts did not answer, so that a dead one costs one time-out and not a thousand. */
export class SilentHosts {
  /** Origin to the time (of the monotonic clock) until which it is left alone; the oldest first. */
  private readonly until = new Map<string, number>();

  constructor(
    private readonly forMs: number,
    private readonly maxHosts: number,
  ) {}

  /** Throws while the host is left alone. */
  check(origin: string): void {
    const left = (this.until.get(origin) ?? 0) - performance.now();
    if (left <= 0) return;
    throw new RemoteError('host_silent', `${origin} did not answer a moment ago.`, {
      retryAfter: Math.ceil(left / 1000),
    });
  }

  note(origin: string): void {
    this.until.delete(origin);
    this.until.set(origin, performance.now() + this.forMs);
    for (const oldest of this.until.keys()) {
      if (this.until.size <= this.maxHosts) break;
      this.until.delete(oldest);
    }
  }

  forget(origin: string): void {
    this.until.delete(origin);
  }
}
