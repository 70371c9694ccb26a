import { Injectable } from '@nestjs/common';
import { type AnyHook, HookRegistry } from '@vidiverse/hooks';
import { Config } from '../../config/config.js';
import { DataVersion } from '../../database/data-version.js';

interface Kept {
  /** In milliseconds of `performance.now()`. */
  until: number;
  body: Promise<string>;
}

/**
 * What every visitor is answered alike, kept until anything is written to the database, and no longer than
 * `http.responseCacheAge`: other processes write as well, and some things are not in the database. Whoever asks while an answer is
 * being made waits for that one. docs/decisions/0017-response-cache.md
 */
@Injectable()
export class ResponseCache {
  private readonly kept = new Map<string, Kept>();
  private version = -1;
  /** Characters of all keys and bodies. */
  private size = 0;

  constructor(
    private readonly config: Config,
    private readonly data: DataVersion,
    private readonly registry: HookRegistry,
  ) {}

  /** `key` names all that the answer depends on. Plugins that listen to one of `hooks` are asked each time, so that nothing is kept then. */
  get(key: string, hooks: readonly AnyHook[], make: () => Promise<string>): Promise<string> {
    const { responseCacheAge: age } = this.config.http;
    if (age === 0 || hooks.some((hook) => this.registry.hasHandlers(hook))) return make();
    if (this.version !== this.data.current) this.clear();
    const now = performance.now();
    const known = this.kept.get(key);
    if (known && known.until > now) return known.body;
    const entry = { until: now + age, body: make() };
    this.kept.set(key, entry);
    this.measure(key, entry);
    return entry.body;
  }

  private clear(): void {
    this.kept.clear();
    this.size = 0;
    this.version = this.data.current;
  }

  private measure(key: string, entry: Kept): void {
    const { version } = this;
    entry.body.then(
      ({ length }) => {
        if (this.version !== version) return;
        this.size += key.length + length;
        if (this.size > this.config.http.responseCacheSize) this.clear();
      },
      () => {
        if (this.kept.get(key) === entry) this.kept.delete(key);
      },
    );
  }
}
