import { Injectable } from '@nestjs/common';
import { type JsonValue, PluginSettings, PluginStorage, type VideoReference } from '@vidiverse/hooks';
import { MAX_VIEWERS, type Settings } from './settings.js';

const KEY = 'watched';
const MINUTE_MS = 60_000;

interface Kept {
  host: string;
  /** When each viewer was told, in milliseconds since 1970. */
  viewedAt: number[];
}

/** A video of another instance that somebody watches here. */
export interface WatchedVideo {
  uuid: string;
  /** Of its origin. */
  host: string;
  /** Of the window, up to 20. */
  viewers: number;
}

/** What is being watched here. One value by which all processes know it, so that a round of caching reads it at once. */
@Injectable()
export class WatchedVideos {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly storage: PluginStorage,
  ) {}

  /**
   * One more viewer; answers the video when there are enough of them. One at a time in a process; of two processes at once
   * one may lose a viewer.
   */
  note(video: VideoReference): Promise<WatchedVideo | null> {
    const noted = this.turn.then(() => this.add(video));
    this.turn = noted.catch(() => undefined);
    return noted;
  }

  /** Those with enough viewers, the last one watched first. */
  async watched(): Promise<WatchedVideo[]> {
    return (await this.all()).filter((video) => this.isEnough(video.viewers));
  }

  /** Those with any viewer in the window, the last one watched first. */
  async all(): Promise<WatchedVideo[]> {
    return [...(await this.kept())]
      .map(([uuid, { host, viewedAt }]) => ({ uuid, host, viewers: viewedAt.length }))
      .reverse();
  }

  private async add({ uuid, url }: VideoReference): Promise<WatchedVideo | null> {
    const { host } = new URL(url);
    const kept = await this.kept();
    const viewedAt = [...(kept.get(uuid)?.viewedAt ?? []), Date.now()].slice(-MAX_VIEWERS);
    kept.delete(uuid);
    kept.set(uuid, { host, viewedAt });
    const most = this.settings.get().mostVideos;
    for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
    await this.storage.set(KEY, Object.fromEntries(kept) as unknown as JsonValue);
    const viewers = viewedAt.length;
    return this.isEnough(viewers) ? { uuid, host, viewers } : null;
  }

  /** In the order in which they were watched last. */
  private async kept(): Promise<Map<string, Kept>> {
    const since = Date.now() - this.settings.get().windowMinutes * MINUTE_MS;
    const stored = ((await this.storage.get(KEY)) ?? {}) as unknown as Record<string, Kept>;
    return new Map(
      Object.entries(stored)
        .map(([uuid, { host, viewedAt }]): [string, Kept] => [
          uuid,
          { host, viewedAt: viewedAt.filter((at) => at > since) },
        ])
        .filter(([, { viewedAt }]) => viewedAt.length > 0),
    );
  }

  private isEnough(viewers: number): boolean {
    return viewers >= this.settings.get().viewers;
  }
}
