import type { PluginDefinition, PluginDescription, SettingsSchema } from './plugin-definition.js';
import {
  classes,
  displayName,
  moduleFactory,
  name,
  path,
  range,
  rights,
  settingsSchema,
  translations,
} from './plugin-fields.js';
import { PluginDefinitionError } from './hooks.errors.js';

/** A value of any field; throws PluginDefinitionError. */
type Reader = (value: unknown, field: string) => unknown;

const READERS: {
  [Field in keyof PluginDefinition]: (value: unknown, field: string) => PluginDefinition[Field];
} = {
  name,
  displayName,
  requires: range,
  rights,
  settings: settingsSchema,
  module: moduleFactory,
  entities: classes,
  migrations: classes,
  staticFiles: path,
  translations,
  web: path,
};

/**
 * Declares a plugin; what it answers is the default export of the package.
 * @throws PluginDefinitionError naming the field that is wrong
 */
export const definePlugin = <Schema extends SettingsSchema = SettingsSchema>(
  description: PluginDescription<Schema>,
): PluginDefinition => readPlugin(description);

/**
 * What a package exports as its plugin, whether it went through `definePlugin` of this copy of the library, of another, or
 * not at all. Whether `requires` includes this version is for the caller to see. @throws PluginDefinitionError
 */
export function readPlugin(exported: unknown): PluginDefinition {
  if (typeof exported !== 'object' || exported === null)
    throw new PluginDefinitionError('default export', 'is not what definePlugin answers');
  const given = exported as Record<string, unknown>;
  for (const field of Object.keys(given))
    if (!Object.hasOwn(READERS, field))
      throw new PluginDefinitionError(
        field,
        `is no field of this version (the plugin requires ${String(given.requires)})`,
      );
  const fields = Object.entries<Reader>(READERS).map(([field, read]) => [field, read(given[field], field)]);
  return Object.freeze(Object.fromEntries(fields)) as PluginDefinition;
}
