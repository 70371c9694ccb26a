import type { Type } from '@nestjs/common';
import { PluginDefinitionError } from './hooks.errors.js';
import type { PluginModule, PluginModuleFactory, SettingsSchema } from './plugin-definition.js';
import { PLUGIN_RIGHTS, type PluginRight } from './plugin-rights.js';

const NAME = /^[a-z][a-z0-9-]{1,40}$/;
const MAX_DISPLAY_NAME = 60;
const MAX_RANGE = 100;
/** BCP 47, as far as languages of pages go: `de`, `pt-BR`, `zh-Hans`. */
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
/** Within the package: no absolute path, no `.` or `..`, nothing hidden, no backslash. */
const PATH = /^[\w@-][\w@.-]*(\/[\w@-][\w@.-]*)*$/;

const wrong = (field: string, reason: string): never => {
  throw new PluginDefinitionError(field, reason);
};

/** Whether a plugin may be called so: 2 to 41 small letters, digits and hyphens, a letter first. */
export const isPluginName = (value: unknown): value is string =>
  typeof value === 'string' && NAME.test(value);

export function name(value: unknown, field: string): string {
  if (isPluginName(value)) return value;
  return wrong(
    field,
    'must be 2 to 41 small letters, digits and hyphens, a letter first, such as quiet-hours',
  );
}

export const displayName = (value: unknown, field: string): string => text(value, field, MAX_DISPLAY_NAME);

export const range = (value: unknown, field: string): string => text(value, field, MAX_RANGE);

function text(value: unknown, field: string, limit: number): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= limit) return value.trim();
  return wrong(field, `must be a text of 1 to ${limit} characters`);
}

export function rights(value: unknown, field: string): readonly PluginRight[] {
  const known = Object.keys(PLUGIN_RIGHTS);
  const given = list(value, field);
  for (const right of given)
    if (!known.includes(right as string))
      wrong(field, `has ${String(right)}, which is none of ${known.join(', ')}`);
  return Object.freeze([...new Set(given as PluginRight[])]);
}

/** By what it is and not by its class: the plugin has a zod of its own. */
export function settingsSchema(value: unknown, field: string): SettingsSchema | null {
  if (isAbsent(value)) return null;
  const schema = value as { _zod?: { def?: { type?: unknown } }; safeParse?: unknown };
  if (schema._zod?.def?.type === 'object' && typeof schema.safeParse === 'function')
    return value as SettingsSchema;
  return wrong(field, 'must be an object schema of zod 4: z.object({ ... })');
}

export function moduleFactory(value: unknown, field: string): PluginModuleFactory<unknown> | null {
  if (isAbsent(value)) return null;
  if (isClass(value) || isClass((value as { module?: unknown }).module)) return () => value as PluginModule;
  if (typeof value === 'function') return value as PluginModuleFactory<unknown>;
  return wrong(field, 'must be a Nest module, a dynamic module, or a function that answers one');
}

export function classes(value: unknown, field: string): ReadonlyArray<Type<object>> {
  const given = list(value, field);
  if (!given.every(isClass)) wrong(field, 'must be a list of classes');
  return Object.freeze([...given] as Array<Type<object>>);
}

export function path(value: unknown, field: string): string | null {
  if (isAbsent(value)) return null;
  if (typeof value === 'string' && PATH.test(value)) return value;
  return wrong(field, 'must be the path of something in the package, such as dist/web.js');
}

export function translations(value: unknown, field: string): Readonly<Record<string, string>> {
  if (isAbsent(value)) return Object.freeze({});
  if (typeof value !== 'object' || Array.isArray(value)) wrong(field, 'must be files by language');
  const files = Object.entries(value as object).map(([language, file]) => {
    if (!LANGUAGE.test(language)) wrong(`${field}.${language}`, 'is no language, such as de or pt-BR');
    return [language, path(file, `${field}.${language}`) ?? wrong(`${field}.${language}`, 'is missing')];
  });
  return Object.freeze(Object.fromEntries(files));
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const list = (value: unknown, field: string): readonly unknown[] => {
  if (isAbsent(value)) return [];
  return Array.isArray(value) ? value : wrong(field, 'must be a list');
};

/** Classes alone have a prototype that cannot be replaced. */
const isClass = (value: unknown): boolean =>
  typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
