import { SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AnyHook, HandlerOf } from './hook.js';
import type { HandlerOptions } from './hook-options.js';
import { HookHandlerError } from './hooks.errors.js';

/** A name and no symbol or random key: a plugin may bring a copy of this library of its own. */
const KEY = 'vidiverse:on-hook';

export interface HookMark extends HandlerOptions {
  readonly hook: AnyHook;
}

/**
 * Makes a method of a provider a handler of a hook; the compiler refuses one of another shape. A method may have several.
 * @throws HookHandlerError on a static method
 */
export function OnHook<Hook extends AnyHook>(hook: Hook, options: HandlerOptions = {}) {
  return <Handler extends HandlerOf<Hook>>(
    target: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    if (typeof target === 'function')
      throw new HookHandlerError(
        `${target.name}.${String(method)} is static; a handler is a method of a provider.`,
      );
    SetMetadata(KEY, [{ ...options, hook }, ...marksOf(descriptor.value)])(target, method, descriptor);
  };
}

/** The hooks that a method handles. */
export function marksOf(method: unknown): readonly HookMark[] {
  if (typeof method !== 'function') return [];
  return new Reflector().get<HookMark[] | undefined>(KEY, method) ?? [];
}
