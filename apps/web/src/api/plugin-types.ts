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
  hasSettings: boolean;
  handlers: HandlerHealth[];
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
