import type { HookKind } from './hook.js';
import { errorText } from './error-text.js';
import { OverBudgetError } from './time-budget.js';

/** How a handler has done in this process since it was registered. */
export interface HandlerHealth {
  readonly plugin: string;
  /** Name of the hook. */
  readonly hook: string;
  readonly kind: HookKind;
  readonly order: number;
  readonly budgetMs: number;
  readonly calls: number;
  /** Of the calls; `timeouts` are among them. */
  readonly failures: number;
  readonly timeouts: number;
  /** Calls that were not made while it was set aside. */
  readonly skipped: number;
  /** Of all calls, up to where each was given up. */
  readonly totalMs: number;
  readonly longestMs: number;
  /** Message of the last failure, at most 500 characters. */
  readonly lastError: string | null;
  readonly lastFailedAt: Date | null;
  /** It failed too often in a row and is not called before. */
  readonly setAsideUntil: Date | null;
}

export class HandlerCounters {
  private calls = 0;
  private failures = 0;
  private timeouts = 0;
  private skipped = 0;
  private totalMs = 0;
  private longestMs = 0;
  private lastError: string | null = null;
  private lastFailedAt: Date | null = null;

  /** Counts a call that began at `began`, by `performance.now()`. */
  ended(began: number): void {
    const milliseconds = performance.now() - began;
    this.calls += 1;
    this.totalMs += milliseconds;
    this.longestMs = Math.max(this.longestMs, milliseconds);
  }

  /** Answers the message that is kept. */
  failed(error: unknown): string {
    this.failures += 1;
    if (error instanceof OverBudgetError) this.timeouts += 1;
    this.lastFailedAt = new Date();
    this.lastError = errorText(error);
    return this.lastError;
  }

  skip(): void {
    this.skipped += 1;
  }

  view() {
    const { calls, failures, timeouts, skipped, totalMs, longestMs, lastError, lastFailedAt } = this;
    return { calls, failures, timeouts, skipped, totalMs, longestMs, lastError, lastFailedAt };
  }
}
