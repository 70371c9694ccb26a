import { setTimeout as pause } from 'node:timers/promises';

/** So many bytes a second for all who share it, first come, first served. */
export class RateLimit {
  /** When what was taken so far has had its time, by the monotonic clock. */
  private free = 0;

  /** 0: no limit. */
  constructor(private readonly bytesPerSecond: number) {}

  /** Resolves when these bytes may be taken. */
  async take(bytes: number, signal?: AbortSignal): Promise<void> {
    if (this.bytesPerSecond === 0) return;
    const now = performance.now();
    const at = Math.max(this.free, now);
    this.free = at + (bytes / this.bytesPerSecond) * 1000;
    if (at > now) await pause(at - now, undefined, { signal });
  }
}
