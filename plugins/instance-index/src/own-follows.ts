import { Injectable } from '@nestjs/common';
import { type JsonObject, PluginStorage } from '@vidiverse/hooks';

const PREFIX = 'own/';

/** `asking`: the follow may not have been asked for, since the process ended meanwhile. */
export type OwnFollow = 'asking' | 'asked';

/** Which hosts this plugin has followed, to be told from those that administrators follow. */
@Injectable()
export class OwnFollows {
  constructor(private readonly storage: PluginStorage) {}

  async all(): Promise<Map<string, OwnFollow>> {
    const found = new Map<string, OwnFollow>();
    for (let after = PREFIX; ;) {
      const page = await this.storage.list({ prefix: PREFIX, after });
      for (const { key, value } of page)
        found.set(key.slice(PREFIX.length), (value as JsonObject).state as OwnFollow);
      if (page.length === 0) return found;
      after = page.at(-1)!.key;
    }
  }

  async note(host: string, state: OwnFollow): Promise<void> {
    await this.storage.set(PREFIX + host, { state, at: new Date().toISOString() });
  }

  async forget(host: string): Promise<void> {
    await this.storage.delete(PREFIX + host);
  }
}
