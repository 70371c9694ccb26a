const WINDOW_MS = 6000;

/** How fast bytes go out, over the last few seconds. */
export class RateMeter {
  private samples: Array<{ at: number; bytes: number }> = [];

  /** `bytes` is how many have gone out in all; `at` in milliseconds. */
  add(bytes: number, at: number): void {
    const last = this.samples.at(-1);
    // After a lost connection the count goes back to what the server has.
    if (last && bytes < last.bytes) this.samples = [];
    this.samples.push({ at, bytes });
    while (this.samples.length > 2 && this.samples[0]!.at < at - WINDOW_MS) this.samples.shift();
  }

  reset(): void {
    this.samples = [];
  }

  /** Bytes per second; 0 until it can be told. */
  get rate(): number {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    if (!first || !last || last.at - first.at < 200) return 0;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }
}
