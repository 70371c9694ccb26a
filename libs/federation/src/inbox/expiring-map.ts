/** Remembers values for a time, and no more than so many: the oldest goes first. */
export class ExpiringMap<Value> {
  private readonly entries = new Map<string, { value: Value; until: number }>();

  constructor(
    private readonly maxSize: number,
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    return this.remaining(key) > 0 ? this.entries.get(key)!.value : undefined;
  }

  /** Milliseconds that the value is still remembered. */
  remaining(key: string): number {
    const entry = this.entries.get(key);
    const left = entry ? entry.until - this.now() : 0;
    if (entry && left <= 0) this.entries.delete(key);
    return Math.max(0, left);
  }

  set(key: string, value: Value, forMs: number): void {
    this.entries.delete(key);
    this.entries.set(key, { value, until: this.now() + forMs });
    if (this.entries.size > this.maxSize) this.entries.delete(this.entries.keys().next().value!);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}
