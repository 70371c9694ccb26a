import { Injectable } from '@nestjs/common';
import { InstanceInfo, PluginSettings, VideoReader } from '@vidiverse/hooks';
import { z } from 'zod';
import { judgeFile } from './judge-file.js';
import { originFile } from './origin-file.js';
import { OriginSpeeds } from './origin-speeds.js';
import type { Settings } from './settings.js';
import { type WatchedVideo, WatchedVideos } from './watched-videos.js';

/** Of each kind; the others are counted. */
const MOST_SHOWN = 50;

const total = z.number().int().describe('Of them in all.');

const watchedView = z.object({
  uuid: z.string(),
  name: z.string().nullable().describe('Null: the video is gone, or no visitor may see it.'),
  host: z.string().describe('Of its origin.'),
  viewers: z.number().int().describe('On this instance, in the window; no more than 20 are counted.'),
  isWatched: z.boolean().describe('Whether they are enough.'),
  isSlow: z.boolean().describe('Whether its origin is slow for its largest file.'),
  needs: z.number().nullable().describe('Bytes per second below which it is; null without a file.'),
  why: z.string(),
});
type WatchedView = z.output<typeof watchedView>;

const originView = z.object({
  host: z.string(),
  speed: z.number().nullable().describe('Bytes per second, on average; null: no measure came to anything.'),
  measures: z.number().int().describe('Those in the average.'),
  measuredAt: z.string().describe('ISO 8601; of the last one.'),
  problem: z.string().nullable().describe('Why the last one came to nothing; null when it did not.'),
  failed: z.boolean().describe('Whether that makes the origin a slow one.'),
});

export const state = z.object({
  watched: z.object({ total, data: z.array(watchedView).describe('The last ones watched, the last first.') }),
  origins: z.object({
    total,
    data: z.array(originView).describe('The last ones measured, the last first.'),
  }),
});
export type State = z.output<typeof state>;

/** What the plugin knows, for administrators. */
@Injectable()
export class StateReader {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly reader: VideoReader,
    private readonly instance: InstanceInfo,
    private readonly videos: WatchedVideos,
    private readonly speeds: OriginSpeeds,
  ) {}

  async read(): Promise<State> {
    const [videos, origins] = await Promise.all([this.videos.all(), this.speeds.all()]);
    const watched: WatchedView[] = [];
    for (const video of videos.slice(0, MOST_SHOWN)) watched.push(await this.viewOf(video));
    return {
      watched: { total: videos.length, data: watched },
      origins: { total: origins.length, data: origins.slice(0, MOST_SHOWN) },
    };
  }

  private async viewOf(video: WatchedVideo): Promise<WatchedView> {
    const settings = this.settings.get();
    const details = await this.reader.get(video.uuid);
    const shown = {
      ...{ ...video, name: details?.name ?? null },
      isWatched: video.viewers >= settings.viewers,
    };
    const file = details && originFile(details, this.instance.host);
    if (!file)
      return { ...shown, isSlow: false, needs: null, why: 'It has no file that can be had in parts.' };
    const { size } = file;
    const judgement = judgeFile(
      { size, duration: details.duration },
      await this.speeds.get(video.host),
      settings,
    );
    return { ...shown, ...judgement };
  }
}
