/** Limits of what plugins may take; times are milliseconds. */
export interface HookOptions {
  /** How long one handler may take, unless it names a time of its own. */
  filterBudgetMs: number;
  guardBudgetMs: number;
  eventBudgetMs: number;
  /** Failures in a row after which a handler is set aside. */
  failureLimit: number;
  /** For how long, before one call tries it again. Also the pause between two log lines on one handler's failures. */
  setAsideMs: number;
}

export const DEFAULT_HOOK_OPTIONS: Readonly<HookOptions> = Object.freeze({
  filterBudgetMs: 1000,
  guardBudgetMs: 5000,
  eventBudgetMs: 30_000,
  failureLimit: 20,
  setAsideMs: 60_000,
});

/** What a handler may ask for itself. */
export interface HandlerOptions {
  /** Smaller comes first, default 0; of two alike, the plugin's name decides. */
  order?: number;
  /** Milliseconds, up to ten minutes. Default: the budget of the hook's kind. */
  timeoutMs?: number;
}

/** Milliseconds: whoever needs longer adds a job. */
export const MAX_TIMEOUT_MS = 600_000;
