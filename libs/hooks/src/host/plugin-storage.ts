import type { JsonValue } from './json.js';

export interface StoredEntry {
  readonly key: string;
  readonly value: JsonValue;
}

export interface StoredQuery {
  /** Only keys that begin so. */
  prefix?: string;
  /** Only keys behind this one: the last key of the page before. */
  after?: string;
  /** At most so many, 1 to 100; default 100. */
  count?: number;
}

/**
 * Port: what one plugin keeps, as JSON by key. It stays over restarts and while the plugin is off, and no other plugin sees
 * it. For much data, or to look by anything but the key, bring entities.
 */
export abstract class PluginStorage {
  /** Undefined when there is nothing under this key. */
  abstract get(key: string): Promise<JsonValue | undefined>;

  /** Takes the place of what was there. @throws PluginStorageError */
  abstract set(key: string, value: JsonValue): Promise<void>;

  /** Whether there was something. */
  abstract delete(key: string): Promise<boolean>;

  /** In the order of the keys' code points. */
  abstract list(query?: StoredQuery): Promise<StoredEntry[]>;
}

/**
 * `bad_key`: a key is 1 to 200 characters, the last no space, which MySQL does not see. `too_large`: the value as JSON.
 * `full`: all that the plugin keeps.
 */
export type PluginStorageErrorCode = 'bad_key' | 'too_large' | 'full';

export class PluginStorageError extends Error {
  constructor(
    readonly code: PluginStorageErrorCode,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

const MAX_KEY = 200;

/** The key itself, for versions of the port. @throws PluginStorageError */
export function readStorageKey(key: unknown): string {
  if (typeof key === 'string' && key.length >= 1 && key.length <= MAX_KEY && !key.endsWith(' ')) return key;
  throw new PluginStorageError(
    'bad_key',
    `A key is a text of 1 to ${MAX_KEY} characters, the last no space.`,
  );
}
