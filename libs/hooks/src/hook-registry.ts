import { setImmediate as afterThisTurn } from 'node:timers/promises';
import { freezeData } from './freeze.js';
import type { HandlerHealth } from './handler-counters.js';
import type { AnyHook, EventHook, FilterHook, GuardHook } from './hook.js';
import { HookHandler, type HookRegistration } from './hook-handler.js';
import { DEFAULT_HOOK_OPTIONS, type HookOptions } from './hook-options.js';
import { ALLOWED, readValue, readVerdict } from './read-answer.js';
import type { GuardVerdict } from './verdict.js';

type Handlers = readonly HookHandler[];

/** Who handles which hook of one instance, and the calling of them. Knows a hook by its name. */
export class HookRegistry {
  /** In the order of calling. Lists are replaced and never changed: a call under way goes on with its own. */
  private readonly handlers = new Map<string, Handlers>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly options: HookOptions;

  constructor(options: Partial<HookOptions> = {}) {
    this.options = { ...DEFAULT_HOOK_OPTIONS, ...options };
  }

  /** Called from now on. Of two alike in order and plugin, the one added first comes first. @throws HookHandlerError */
  add<Hook extends AnyHook>(registration: HookRegistration<Hook>): void {
    const handler = new HookHandler(registration as HookRegistration, this.options);
    const { name } = registration.hook;
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler].sort(inOrder));
  }

  /** Takes all handlers of a plugin away; those that run may end, the others are not called any more. */
  remove(plugin: string): void {
    for (const [name, handlers] of [...this.handlers]) {
      const kept = handlers.filter((handler) => handler.plugin !== plugin);
      for (const handler of handlers) if (handler.plugin === plugin) handler.removed = true;
      if (kept.length === 0) this.handlers.delete(name);
      else this.handlers.set(name, kept);
    }
  }

  /** Whether anybody listens: if not, a payload that is costly to make need not be made. */
  hasHandlers(hook: AnyHook): boolean {
    return this.handlers.has(hook.name);
  }

  /**
   * The value as the handlers make it; `await` it. Without handlers it is the value itself, at once. With handlers, value and
   * context are frozen. @throws TypeError when either is nested deeper than 100 levels
   */
  filter<Value>(hook: FilterHook<Value>, value: NoInfer<Value>): Value | Promise<Value>;
  filter<Value, Context>(
    hook: FilterHook<Value, Context>,
    value: NoInfer<Value>,
    context: NoInfer<Context>,
  ): Value | Promise<Value>;
  filter<Value>(hook: AnyHook, value: Value, context?: unknown): Value | Promise<Value> {
    const handlers = this.handlers.get(hook.name);
    return handlers === undefined ? value : runFilter(handlers, value, context);
  }

  /** The first verdict other than allow; `await` it. The subject is frozen when there are handlers. @throws TypeError as `filter` */
  guard<Subject>(hook: GuardHook<Subject>, subject: NoInfer<Subject>): GuardVerdict | Promise<GuardVerdict> {
    const handlers = this.handlers.get(hook.name);
    return handlers === undefined ? ALLOWED : runGuard(handlers, subject);
  }

  /** Tells a fact, once the caller's turn of the event loop is over. The fact is frozen when there are handlers. @throws TypeError as `filter` */
  emit<Fact>(hook: EventHook<Fact>, fact: NoInfer<Fact>): void {
    const handlers = this.handlers.get(hook.name);
    if (handlers === undefined) return;
    const running = runEvent(handlers, freezeData(fact)).finally(() => this.running.delete(running));
    this.running.add(running);
  }

  /** Waits until every event that was told has been handled, or given up. */
  async settle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** How each handler has done in this process, by hook, in the order of calling. */
  health(): HandlerHealth[] {
    return [...this.handlers.values()].flatMap((handlers) => handlers.map((handler) => handler.health()));
  }
}

async function runFilter<Value>(handlers: Handlers, value: Value, context: unknown): Promise<Value> {
  let current = freezeData(value);
  freezeData(context);
  for (const handler of handlers) {
    if (handler.removed) continue;
    const old = current;
    const outcome = await handler.call([old, context], (answer) => readValue(answer, old));
    if (outcome.ok) current = outcome.answer;
  }
  return current;
}

async function runGuard(handlers: Handlers, subject: unknown): Promise<GuardVerdict> {
  freezeData(subject);
  for (const handler of handlers) {
    if (handler.removed) continue;
    const { plugin } = handler;
    const outcome = await handler.call([subject], (answer) => readVerdict(answer, plugin));
    // Who is held may read the reason, and an error may tell what is none of their business.
    if (!outcome.ok) return { decision: 'hold', reason: `The plugin ${plugin} could not decide.`, plugin };
    if (outcome.answer.decision !== 'allow') return outcome.answer;
  }
  return ALLOWED;
}

/** All begin in their order; none waits for another. */
async function runEvent(handlers: Handlers, fact: unknown): Promise<void> {
  await afterThisTurn();
  const present = handlers.filter(({ removed }) => !removed);
  await Promise.all(present.map((handler) => handler.call([fact], () => undefined)));
}

/** Names of plugins are ASCII, so that this is the order of their code points. */
const inOrder = (a: HookHandler, b: HookHandler): number =>
  a.order - b.order || (a.plugin < b.plugin ? -1 : Number(a.plugin > b.plugin));
