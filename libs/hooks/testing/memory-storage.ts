import type { JsonValue } from '../src/host/json.js';
import {
  PluginStorage,
  PluginStorageError,
  readStorageKey,
  type StoredEntry,
  type StoredQuery,
} from '../src/host/plugin-storage.js';

const MAX_COUNT = 100;

/** UTF-8 has the order of code points, which the texts of JavaScript do not have. */
const inOrder = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The port in memory. Without the limits of size of the server. */
export class MemoryStorage extends PluginStorage {
  private readonly texts = new Map<string, string>();

  async get(key: string): Promise<JsonValue | undefined> {
    const text = this.texts.get(readStorageKey(key));
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
  }

  async set(key: string, value: JsonValue): Promise<void> {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined)
      throw new PluginStorageError('too_large', `What is kept under ${key} must be JSON.`);
    this.texts.set(readStorageKey(key), text);
  }

  async delete(key: string): Promise<boolean> {
    return this.texts.delete(readStorageKey(key));
  }

  async list({ prefix = '', after = '', count = MAX_COUNT }: StoredQuery = {}): Promise<StoredEntry[]> {
    return [...this.texts.keys()]
      .filter((key) => key.startsWith(prefix) && inOrder(key, after) > 0)
      .sort(inOrder)
      .slice(0, Math.min(MAX_COUNT, Math.max(1, Math.floor(count))))
      .map((key) => ({ key, value: JSON.parse(this.texts.get(key)!) as JsonValue }));
  }
}
