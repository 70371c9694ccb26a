import { Logger } from '@nestjs/common';
import { Circuit } from './circuit.js';
import { HandlerCounters, type HandlerHealth } from './handler-counters.js';
import type { AnyHook, HandlerOf } from './hook.js';
import { type HandlerOptions, type HookOptions, MAX_TIMEOUT_MS } from './hook-options.js';
import { HookHandlerError } from './hooks.errors.js';
import { withinBudget } from './time-budget.js';

/** What somebody registers. */
export interface HookRegistration<Hook extends AnyHook = AnyHook> extends HandlerOptions {
  /** Whose it is: name of a plugin, or of the application. */
  plugin: string;
  hook: Hook;
  handle: HandlerOf<Hook>;
}

/** What came of one call. Why it failed is in the counters, for administrators only. */
export type Outcome<Answer> = { ok: true; answer: Answer } | { ok: false };

/** One handler of one hook: timed, contained, counted, and set aside when it does nothing but fail. */
export class HookHandler {
  /** Calls that are still to be made are not made. */
  removed = false;
  readonly plugin: string;
  readonly hook: AnyHook;
  readonly order: number;
  private readonly budgetMs: number;
  private readonly handle: (...given: unknown[]) => unknown;
  private readonly counters = new HandlerCounters();
  private readonly circuit: Circuit;
  private readonly logger = new Logger('Hooks');
  /** By `performance.now()`. */
  private silentUntil = 0;

  /** @throws HookHandlerError */
  constructor(
    registration: HookRegistration,
    private readonly options: HookOptions,
  ) {
    const { plugin, hook, handle, order = 0, timeoutMs = options[`${hook.kind}BudgetMs`] } = registration;
    const fault = faultOf(handle, order, timeoutMs);
    if (fault) throw new HookHandlerError(`The handler of ${hook.name} in ${plugin} ${fault}.`);
    this.plugin = plugin;
    this.hook = hook;
    this.order = order;
    this.handle = handle as (...given: unknown[]) => unknown;
    this.budgetMs = timeoutMs;
    this.circuit = new Circuit(options);
  }

  /** Calls it once. `read` makes the answer what the caller wants, or throws, which is a failure too. Never throws itself. */
  async call<Answer>(given: unknown[], read: (answer: unknown) => Answer): Promise<Outcome<Answer>> {
    if (!this.circuit.mayCall()) {
      this.counters.skip();
      return { ok: false };
    }
    const began = performance.now();
    try {
      const answer = read(await withinBudget(this.budgetMs, () => this.handle(...given)));
      this.circuit.succeeded();
      return { ok: true, answer };
    } catch (error) {
      this.fail(error);
      return { ok: false };
    } finally {
      this.counters.ended(began);
    }
  }

  health(): HandlerHealth {
    const { plugin, hook, order, budgetMs } = this;
    const about = { plugin, hook: hook.name, kind: hook.kind, order, budgetMs };
    return { ...about, ...this.counters.view(), setAsideUntil: this.circuit.setAsideUntil() };
  }

  private fail(error: unknown): void {
    const reason = this.counters.failed(error);
    const isSetAside = this.circuit.failed();
    const now = performance.now();
    if (isSetAside || now >= this.silentUntil) {
      this.silentUntil = now + this.options.setAsideMs;
      const then = isSetAside ? `; set aside for ${this.options.setAsideMs} ms` : '';
      this.logger.warn(`plugin ${this.plugin}, hook ${this.hook.name}: ${reason}${then}`);
    }
  }
}

function faultOf(handle: unknown, order: number, timeoutMs: number): string | null {
  if (typeof handle !== 'function') return 'is no function';
  if (!Number.isFinite(order)) return `has the order ${order}, which is no number`;
  if (!(timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS))
    return `has ${timeoutMs} as its timeoutMs, which is 1 to ${MAX_TIMEOUT_MS}`;
  return null;
}
