export interface ScheduleOptions {
  /** Milliseconds after the first failure; doubles with each further one. */
  firstDelay: number;
  /** Milliseconds. */
  maxDelay: number;
  /** With so many failures in a row the breaker is open. */
  breakerAfter: number;
  /** Milliseconds between two tries while the breaker is open, at least. */
  breakerProbe: number;
}

/** Part of a delay that chance takes away, so that hosts which failed together are not tried together. */
const JITTER = 0.2;

/** When a host that failed is tried again. */
export class DeliverySchedule {
  /** `random` answers numbers from 0 to below 1. */
  constructor(
    private readonly options: ScheduleOptions,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * Milliseconds until the next try after so many failures in a row. Chance only shortens: `maxDelay` holds. A host that
   * `answers`, though not as it should, is never left alone for longer than the breaker asks.
   */
  delayAfter(failures: number, answers = false): number {
    const { firstDelay, maxDelay, breakerProbe } = this.options;
    const full = Math.min(firstDelay * 2 ** (failures - 1), answers ? breakerProbe : maxDelay);
    const delay = full * (1 - JITTER * this.random());
    if (!this.isOpen(failures)) return Math.round(delay);
    return Math.round(Math.max(delay, breakerProbe * (1 + JITTER * this.random())));
  }

  /** Milliseconds to leave a host alone that asks for `asked`; such a pause is no failure. */
  pauseFor(asked: number, failures: number): number {
    const { firstDelay, maxDelay, breakerProbe } = this.options;
    return Math.max(Math.min(asked, maxDelay), firstDelay, this.isOpen(failures) ? breakerProbe : 0);
  }

  private isOpen(failures: number): boolean {
    return failures >= this.options.breakerAfter;
  }
}
