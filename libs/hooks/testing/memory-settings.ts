import { isDeepStrictEqual } from 'node:util';
import { freezeData } from '../src/freeze.js';
import { PluginSettings } from '../src/plugin-settings.js';

/** The port in memory, for tests of providers that read settings. */
export class MemorySettings<Settings> extends PluginSettings<Settings> {
  private readonly listeners = new Set<(settings: Settings) => void>();

  private current: Settings;

  constructor(settings: Settings) {
    super();
    this.current = freezeData(settings);
  }

  get(): Settings {
    return this.current;
  }

  /** As an administrator does. */
  change(settings: Settings): void {
    if (isDeepStrictEqual(settings, this.current)) return;
    this.current = freezeData(settings);
    for (const listener of this.listeners) listener(this.current);
  }

  onChange(listener: (settings: Settings) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
