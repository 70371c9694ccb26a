/** Does one piece of work again and again: every `interval` milliseconds, or sooner when asked; never twice at once. */
export class Ticker {
  private timer: NodeJS.Timeout | undefined;
  private due = Infinity;
  private working: Promise<void> | undefined;
  private running = false;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly interval: number,
  ) {}

  start(): void {
    this.running = true;
    this.soon(0);
  }

  /** Works again in at most this many milliseconds. */
  soon(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (!this.running || at >= this.due) return;
    this.due = at;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.tick(), milliseconds);
  }

  /** Resolves when the work under way is done. */
  async stop(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    await this.working;
  }

  private async tick(): Promise<void> {
    await this.working;
    this.due = Infinity;
    this.working = this.work();
    await this.working;
    this.soon(this.interval);
  }
}
