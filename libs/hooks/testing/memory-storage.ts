import type { JsonValue } from '../src/host/json.js';
import { PluginStorage, type StoredEntry, type StoredQuery } from '../src/host/plugin-storage.js';

/** The port in memory. Without the limits of the server. */
export class MemoryStorage extends PluginStorage {
  private readonly texts = new Map<string, string>();

  async get(key: string): Promise<JsonValue | undefined> {
    const text = this.texts.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
  }

  async set(key: string, value: JsonValue): Promise<void> {
    this.texts.set(key, JSON.stringify(value));
  }

  async delete(key: string): Promise<boolean> {
    return this.texts.delete(key);
  }

  async list({ prefix = '', after = '', count = 100 }: StoredQuery = {}): Promise<StoredEntry[]> {
    return [...this.texts.keys()]
      .filter((key) => key.startsWith(prefix) && key > after)
      .sort()
      .slice(0, Math.min(count, 100))
      .map((key) => ({ key, value: JSON.parse(this.texts.get(key)!) as JsonValue }));
  }
}
