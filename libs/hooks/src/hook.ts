import type { Verdict } from './verdict.js';
import { HookDefinitionError } from './hooks.errors.js';

export type HookKind = 'filter' | 'guard' | 'event';

/** How a hook is called, and what the page of all hooks says of it. */
export interface HookTexts {
  /** `<where>.<subject>.<verb>`. Never renamed: plugins, counters and logs know the hook by it. */
  readonly name: string;
  /** When it is called, what it gives and what the answer does. Markdown. */
  readonly description: string;
  /** A handler as a TypeScript expression; a test compiles it. */
  readonly example: string;
}

interface Hook<Kind extends HookKind, Types> extends HookTexts {
  readonly kind: Kind;
  /** Never set: it only carries the types. */
  readonly types?: Types;
}

/** A value that plugins may change. */
export type FilterHook<Value, Context = void> = Hook<'filter', { value: Value; context: Context }>;
/** Something that plugins may hold or refuse. */
export type GuardHook<Subject> = Hook<'guard', { subject: Subject }>;
/** Something that has happened. */
export type EventHook<Fact> = Hook<'event', { fact: Fact }>;
export type AnyHook = FilterHook<unknown, unknown> | GuardHook<unknown> | EventHook<unknown>;

/** Answers the new value, or the old one. Both are frozen: a change is a new object. */
export type FilterHandler<Value, Context> = (value: Value, context: Context) => Value | Promise<Value>;
/** Answers undefined when it has no objection and no say. */
export type GuardHandler<Subject> = (subject: Subject) => Verdict | undefined | Promise<Verdict | undefined>;
export type EventHandler<Fact> = (fact: Fact) => void | Promise<void>;

/** The only shape that a handler of this hook may have. */
export type HandlerOf<Hook> =
  Hook extends FilterHook<infer Value, infer Context>
    ? FilterHandler<Value, Context>
    : Hook extends GuardHook<infer Subject>
      ? GuardHandler<Subject>
      : Hook extends EventHook<infer Fact>
        ? EventHandler<Fact>
        : never;

/** What a filter may be about: plain JSON data. Neither null nor undefined, which could not be told from a missing answer. */
export type FilterValue = object | string | number | boolean;

const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){2}$/;

function define<Kind extends HookKind, Types>(kind: Kind, texts: HookTexts): Hook<Kind, Types> {
  if (!NAME.test(texts.name))
    throw new HookDefinitionError(
      `The name of a hook is <where>.<subject>.<verb> in small letters, not "${texts.name}".`,
    );
  return Object.freeze({ kind, ...texts });
}

/** Value in, value out; a handler that throws or takes too long keeps the old value. @throws HookDefinitionError */
export const defineFilter = <Value extends FilterValue, Context = void>(
  texts: HookTexts,
): FilterHook<Value, Context> => define('filter', texts);

/** The first verdict other than allow wins; a handler that throws or takes too long holds. @throws HookDefinitionError */
export const defineGuard = <Subject>(texts: HookTexts): GuardHook<Subject> => define('guard', texts);

/** A fact in the past tense, told after the commit and not waited for. @throws HookDefinitionError */
export const defineEvent = <Fact>(texts: HookTexts): EventHook<Fact> => define('event', texts);

/** Whether a value is a hook, whichever copy of this library made it. */
export function isHook(value: unknown): value is AnyHook {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, name } = value as Partial<AnyHook>;
  return (kind === 'filter' || kind === 'guard' || kind === 'event') && typeof name === 'string';
}
