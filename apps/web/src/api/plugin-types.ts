/** How a handler of a hook has done since the server started. Times are in milliseconds, dates ISO 8601. */
export interface HandlerHealth {
  hook: string;
  kind: 'filter' | 'guard' | 'event';
  calls: number;
  /** Of the calls; `timeouts` are among them. */
  failures: number;
  timeouts: number;
  /** Calls that were not made while it was set aside. */
  skipped: number;
  totalMs: number;
  longestMs: number;
  budgetMs: number;
  lastError: string | null;
  lastFailedAt: string | null;
  /** It failed too often in a row and is not called before. */
  setAsideUntil: string | null;
}

/** What a plugin holds in the server's process. */
export interface PluginMemory {
  /** On the heap, estimated. */
  heldBytes: number;
  /** Of them, since the first measurement; less than 0 when it holds less. */
  grownBytes: number;
  /** Buffers of the whole process, since the first measurement: whose they are is not known. */
  buffersGrownBytes: number;
  /** It holds more than the instance expects of a plugin. */
  isHigh: boolean;
  measuredAt: string;
}

export type PluginState = 'running' | 'off' | 'failed';

export interface Plugin {
  name: string;
  displayName: string;
  /** Null when its package could not be read. */
  version: string | null;
  description: string | null;
  homepage: string | null;
  /** Versions of Vidiverse that it works with, as npm writes ranges. */
  requires: string | null;
  rights: Array<{ name: string; text: string }>;
  enabled: boolean;
  state: PluginState;
  /** Why it does not run. */
  problem: string | null;
  restartNeeded: boolean;
  failedStarts: number;
  /** From the registry, as an administrator agreed to it; null when the configuration lists it. */
  installed: Installation | null;
  hasSettings: boolean;
  handlers: HandlerHealth[];
  /** Null while it was not measured. */
  memory: PluginMemory | null;
}

export interface Installation {
  npmName: string;
  /** The one that runs after the next start of the instance. */
  version: string;
  integrity: string;
  installedBy: string;
  installedAt: string;
}

/** A plugin that the registry has; texts are those of strangers. */
export interface AvailablePlugin {
  npmName: string;
  name: string;
  description: string | null;
  homepage: string | null;
  publisher: string | null;
  latestVersion: string;
  updatedAt: string | null;
  /** Null: it is not installed here from the registry. */
  installedVersion: string | null;
}

/** One version of it, as it would be installed. */
export interface OfferedPlugin {
  npmName: string;
  name: string;
  version: string;
  description: string | null;
  homepage: string | null;
  publisher: string | null;
  license: string | null;
  /** Bytes, unpacked. */
  size: number | null;
  integrity: string | null;
  requires: string | null;
  /** Null: it declares nothing. */
  rights: Plugin['rights'] | null;
  /** Why it cannot be installed. */
  problems: string[];
  installedVersion: string | null;
}

export interface InstallRequest {
  npmName: string;
  pluginVersion: string;
  integrity: string;
  password: string;
}

/** A property of a JSON Schema (draft 2020-12), as far as forms read it. */
export interface SettingSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  format?: string;
  enum?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: SettingSchema;
  minItems?: number;
  maxItems?: number;
  anyOf?: SettingSchema[];
  /** Of an object. */
  properties?: Record<string, SettingSchema>;
  required?: string[];
  additionalProperties?: unknown;
}

export type Settings = Record<string, unknown>;

export interface RegisteredSettings {
  schema: { properties?: Record<string, SettingSchema>; required?: string[] };
  settings: Settings;
}

/** What plugins add to the pages. */
export interface WebModules {
  data: WebModule[];
  /** Path of a stream that tells when they change: only while a plugin is written. */
  changes?: string;
}

/** An enabled plugin with a part of the pages: an ES module at `url`, texts by language; both are paths of this site. */
export interface WebModule {
  name: string;
  displayName: string;
  url: string;
  translations: Record<string, string>;
}
