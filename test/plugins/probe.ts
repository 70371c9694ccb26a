import { type AnyHook, type HandlerOf, HookRegistry } from '@vidiverse/hooks';
import { until } from '../support/uploads.js';

/** What a handler of this hook is given first: the value of a filter, the subject of a guard, the fact of an event. */
type Given<Hook extends AnyHook> =
  HandlerOf<Hook> extends (given: infer First, ...rest: never[]) => unknown ? First : never;
type Context<Hook extends AnyHook> =
  HandlerOf<Hook> extends (given: never, context: infer Second) => unknown ? Second : never;

export interface Calls<Hook extends AnyHook> {
  readonly given: Array<Given<Hook>>;
  /** Of filters. */
  readonly contexts: Array<Context<Hook>>;
  /** Resolves with what the handler is given that fits; it may have come before. */
  next(fits?: (given: Given<Hook>) => boolean): Promise<Given<Hook>>;
}

export interface Probe {
  /** Handles a hook as a plugin with the name `probe` would; without `handle` it changes nothing. */
  on<Hook extends AnyHook>(hook: Hook, handle?: HandlerOf<Hook>): Calls<Hook>;
  /** A handler that does nothing but throw. */
  breaks(hook: AnyHook): void;
  /** Takes all handlers away. */
  off(): void;
}

/** A plugin of the test's own within an instance. */
export function probeOf({ nest }: { nest: { get(token: typeof HookRegistry): HookRegistry } }): Probe {
  const registry = nest.get(HookRegistry);
  const add = (hook: AnyHook, handle: (...given: unknown[]) => unknown) =>
    registry.add({ plugin: 'probe', hook, handle: handle as HandlerOf<AnyHook> });
  return {
    on<Hook extends AnyHook>(hook: Hook, handle?: HandlerOf<Hook>): Calls<Hook> {
      const given: Array<Given<Hook>> = [];
      const contexts: Array<Context<Hook>> = [];
      const unchanged = (value: unknown) => (hook.kind === 'filter' ? value : undefined);
      add(hook, (value, context) => {
        given.push(value as Given<Hook>);
        contexts.push(context as Context<Hook>);
        return ((handle ?? unchanged) as (...given: unknown[]) => unknown)(value, context);
      });
      const next: Calls<Hook>['next'] = (fits = () => true) =>
        until(() => Promise.resolve(given.find(fits) ?? null), `${hook.name} is called`);
      return { given, contexts, next };
    },
    breaks: (hook) =>
      add(hook, () => {
        throw new Error('the probe breaks');
      }),
    off: () => registry.remove('probe'),
  };
}
