/** Remembers answers for a short while, in bounded memory: several processes may change what is behind them. */
export class ShortCache<T> {
  private readonly entries = new Map<string, { value: T; until: number }>();

  constructor(
    private readonly lifeMs: number,
    private readonly maxEntries: number,
  ) {}

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    return entry && entry.until > Date.now() ? entry.value : undefined;
  }

  set(key: string, value: T): void {
    this.entries.delete(key);
    this.entries.set(key, { value, until: Date.now() + this.lifeMs });
    if (this.entries.size > this.maxEntries) this.entries.delete(this.entries.keys().next().value!);
  }

  clear(): void {
    this.entries.clear();
  }
}
