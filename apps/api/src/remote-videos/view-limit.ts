const HOUR_MS = 3600_000;
const MAX_COUNTED = 50_000;

/** How many views of one video an instance may tell in an hour. Counted in this process only: a bound, no bookkeeping. */
export class ViewLimit {
  private counts = new Map<string, number>();
  private until = 0;

  constructor(
    private readonly perHour: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether one more is taken. */
  take(host: string, videoId: number): boolean {
    if (this.now() >= this.until || this.counts.size >= MAX_COUNTED) {
      this.counts = new Map();
      this.until = this.now() + HOUR_MS;
    }
    const key = `${videoId} ${host}`;
    const count = this.counts.get(key) ?? 0;
    if (count >= this.perHour) return false;
    this.counts.set(key, count + 1);
    return true;
  }
}
