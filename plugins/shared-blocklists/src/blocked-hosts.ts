import { Injectable } from '@nestjs/common';
import { hostMatcher, PluginSettings } from '@vidiverse/hooks';
import { namesOf } from './parse-list.js';
import type { Settings } from './settings.js';
import { type StoredList, StoredLists } from './stored-lists.js';

/** Milliseconds after which is looked whether another process has read a list. */
const LOOK_AGAIN_MS = 10_000;
const TRIES = 3;

/** A list that counts, with its hosts. */
export interface LoadedList extends StoredList {
  readonly names: ReadonlySet<string>;
}

/** Why a host is blocked. */
export interface Blocked {
  /** As the list has it: the host, or a domain that it is below. */
  readonly entry: string;
  readonly list: StoredList;
}

/** The hosts of all lists, in memory. */
@Injectable()
export class BlockedHosts {
  private loaded: LoadedList[] = [];
  private loadedAt = -Infinity;
  /** One look for all who ask meanwhile. */
  private looking: Promise<void> | undefined;
  private exceptions: { of: Settings; matches: (host: string) => boolean } | undefined;

  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly stored: StoredLists,
  ) {}

  /** Null when no list has the host, or it is an exception. */
  async find(host: string): Promise<Blocked | null> {
    if (this.isException(host)) return null;
    const names = namesOf(host);
    for (const list of await this.lists()) {
      const entry = names.find((name) => list.names.has(name));
      if (entry !== undefined) return { entry, list };
    }
    return null;
  }

  /** Those that count now: a subscription that was taken out of the settings does not. */
  async lists(): Promise<LoadedList[]> {
    if (performance.now() - this.loadedAt >= LOOK_AGAIN_MS)
      await (this.looking ??= this.load().finally(() => (this.looking = undefined)));
    const subscribed = new Set(this.settings.get().lists);
    return this.loaded.filter(({ kind, source }) => kind === 'import' || subscribed.has(source));
  }

  isException(host: string): boolean {
    const settings = this.settings.get();
    if (this.exceptions?.of !== settings)
      this.exceptions = { of: settings, matches: hostMatcher(settings.exceptions) };
    return this.exceptions.matches(host);
  }

  /** The lists are others than they were. */
  async load(): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const lists = await Promise.all((await this.stored.all()).map((list) => this.withHosts(list)));
      if (!lists.every((list) => list !== null)) continue;
      this.loaded = lists.sort((a, b) => (a.source < b.source ? -1 : 1));
      this.loadedAt = performance.now();
      return;
    }
    throw new Error('The lists were replaced again and again while they were read.');
  }

  private async withHosts(list: StoredList): Promise<LoadedList | null> {
    const same = this.loaded.find(({ place, readAt }) => place === list.place && readAt === list.readAt);
    const names = same?.names ?? (await this.stored.hostsOf(list));
    return names && { ...list, names };
  }
}
