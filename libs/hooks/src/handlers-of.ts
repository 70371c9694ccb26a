import { MetadataScanner } from '@nestjs/core';
import type { HookRegistration } from './hook-handler.js';
import { marksOf } from './on-hook.decorator.js';

export type FoundHandler = Omit<HookRegistration, 'plugin'>;

/** The methods of an instance that `@OnHook` marks, bound to it. */
export function handlersOf(instance: object, scanner = new MetadataScanner()): FoundHandler[] {
  const methods = instance as Record<string, (...given: unknown[]) => never>;
  return scanner
    .getAllMethodNames(Object.getPrototypeOf(instance) as object | null)
    .flatMap((method) =>
      marksOf(methods[method]).map((mark) => ({ ...mark, handle: methods[method]!.bind(instance) })),
    );
}
