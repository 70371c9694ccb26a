import type { DynamicModule, Type } from '@nestjs/common';
import type { z } from 'zod';
import type { PluginRight } from './plugin-rights.js';
import type { PluginSettings } from './plugin-settings.js';

/** An object schema of zod 4. It becomes validation, a form and the type of the options. */
export type SettingsSchema = z.ZodObject;

/** A Nest module with all that the plugin runs on the server. */
export type PluginModule = Type<unknown> | DynamicModule;
export type PluginModuleFactory<Settings> = (settings: PluginSettings<Settings>) => PluginModule;

/** What a plugin says of itself. All paths are of files in its package, as `dist/web.js`. */
export interface PluginDescription<Schema extends SettingsSchema = SettingsSchema> {
  /** Small letters, digits and hyphens, 2 to 41 of them. Begins the names of its tables and routes; never changed. */
  name: string;
  /** For people, at most 60 characters. */
  displayName: string;
  /** Versions of Vidiverse that it works with, as npm writes ranges: `^0.1.0`. */
  requires: string;
  /** What it does with this instance; shown before it is installed. */
  rights?: readonly PluginRight[];
  settings?: Schema;
  /** Providers, controllers, handlers, jobs. A function gets the settings, for modules that are made from them. */
  module?: PluginModule | PluginModuleFactory<z.output<Schema>>;
  /** TypeORM entities; the names of their tables begin with the plugin's name. */
  entities?: ReadonlyArray<Type<object>>;
  /** TypeORM migrations, which make those tables, in their order. */
  migrations?: ReadonlyArray<Type<object>>;
  /** A folder that is served as it is. */
  staticFiles?: string;
  /** JSON files of texts for pages, by language: `{ de: 'translations/de.json' }`. English is in the module of the pages. */
  translations?: Readonly<Record<string, string>>;
  /** The ES module with the plugin's part of the pages. */
  web?: string;
}

/** A checked description, with nothing left open. Frozen. */
export interface PluginDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly requires: string;
  readonly rights: readonly PluginRight[];
  readonly settings: SettingsSchema | null;
  /** Null: nothing runs on the server. The caller gives it the settings of this plugin. */
  readonly module: PluginModuleFactory<unknown> | null;
  readonly entities: ReadonlyArray<Type<object>>;
  readonly migrations: ReadonlyArray<Type<object>>;
  readonly staticFiles: string | null;
  readonly translations: Readonly<Record<string, string>>;
  readonly web: string | null;
}
