export interface CircuitOptions {
  failureLimit: number;
  /** Milliseconds. */
  setAsideMs: number;
}

/** Sets aside what failed too often in a row, for a while. Then one call tries it; the others wait for how that goes. */
export class Circuit {
  private failures = 0;
  /** By `performance.now()`. */
  private asideUntil = 0;

  constructor(private readonly options: CircuitOptions) {}

  /** Whether to call it now. Asking takes the one try, when there is one. */
  mayCall(): boolean {
    if (this.failures < this.options.failureLimit) return true;
    const now = performance.now();
    if (now < this.asideUntil) return false;
    this.asideUntil = now + this.options.setAsideMs;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
  }

  /** Answers whether this failure is the one too many. */
  failed(): boolean {
    this.failures += 1;
    if (this.failures >= this.options.failureLimit)
      this.asideUntil = performance.now() + this.options.setAsideMs;
    return this.failures === this.options.failureLimit;
  }

  /** When it is tried again; null while it is not set aside. */
  setAsideUntil(): Date | null {
    const left = this.asideUntil - performance.now();
    if (this.failures < this.options.failureLimit || left <= 0) return null;
    return new Date(Date.now() + left);
  }
}
