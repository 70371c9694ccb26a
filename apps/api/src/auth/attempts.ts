/** Counts per key within a sliding window, in bounded memory. */
export class Attempts {
  private readonly times = new Map<string, number[]>();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly maxKeys = 50_000,
  ) {}

  /** Milliseconds until `key` may try again; 0 when it may now. */
  waitFor(key: string, now = Date.now()): number {
    const recent = this.recent(key, now);
    return recent.length < this.limit ? 0 : recent[recent.length - this.limit]! + this.windowMs - now;
  }

  add(key: string, now = Date.now()): void {
    const recent = [...this.recent(key, now), now].slice(-this.limit);
    this.times.delete(key);
    this.times.set(key, recent);
    // The map keeps insertion order: the first key is the one that was quiet for longest.
    if (this.times.size > this.maxKeys) this.times.delete(this.times.keys().next().value!);
  }

  /** Unsays the last one: it was no failure. */
  takeBack(key: string, now = Date.now()): void {
    const recent = this.recent(key, now).slice(0, -1);
    if (recent.length > 0) this.times.set(key, recent);
    else this.times.delete(key);
  }

  forget(key: string): void {
    this.times.delete(key);
  }

  private recent(key: string, now: number): number[] {
    return (this.times.get(key) ?? []).filter((time) => time > now - this.windowMs);
  }
}
