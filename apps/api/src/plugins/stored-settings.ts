import { Logger } from '@nestjs/common';
import { freezeData, PluginSettings, type SettingsSchema } from '@vidiverse/hooks';
import { isDeepStrictEqual } from 'node:util';

export type Given = Record<string, unknown>;
type Issues = Array<{ path: PropertyKey[]; message: string }>;

/** Settings as an administrator wrote them, checked by the plugin's schema. */
export class StoredSettings extends PluginSettings<unknown> {
  private readonly listeners = new Set<(settings: unknown) => void>();
  private readonly logger = new Logger('Plugins');
  private given: Given = {};
  private current: unknown = Object.freeze({});
  private isTaken = false;

  constructor(private readonly schema: SettingsSchema | null) {
    super();
  }

  get(): unknown {
    return this.current;
  }

  /** As they were written, without the defaults. */
  asGiven(): Given {
    return this.given;
  }

  onChange(listener: (settings: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What is wrong with them; an empty list: they can be taken. */
  check(given: Given): Issues {
    const result = this.schema?.safeParse(given);
    return result?.success === false ? (result.error.issues as Issues) : [];
  }

  /** Takes them and tells the plugin. @throws Error when they are not those of the schema */
  take(given: Given): void {
    if (this.isTaken && isDeepStrictEqual(given, this.given)) return;
    const next = this.schema ? this.schema.parse(given) : {};
    this.isTaken = true;
    this.given = given;
    this.current = freezeData(next);
    for (const listener of this.listeners) {
      try {
        listener(this.current);
      } catch (error) {
        this.logger.warn(`a plugin did not take its settings: ${String(error)}`);
      }
    }
  }
}
