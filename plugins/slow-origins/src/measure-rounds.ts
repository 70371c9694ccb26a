import { Injectable, type OnModuleInit } from '@nestjs/common';
import { definePluginJob, InstanceInfo, PluginJobs, PluginSettings, VideoReader } from '@vidiverse/hooks';
import { type OriginFile, originFile } from './origin-file.js';
import { type Measure, OriginMeter } from './origin-meter.js';
import { OriginSpeeds } from './origin-speeds.js';
import type { Settings } from './settings.js';
import { type WatchedVideo, WatchedVideos } from './watched-videos.js';

const MINUTE_MS = 60_000;
/** So that a run is over in some minutes even when none of them answers; the others come with the next. */
const MOST_PER_RUN = 10;
const NO_FILE: Measure = { speed: null, problem: 'No file of it can be had in parts.', failed: false };

/** `all`: also those that were measured a short time ago. */
const measure = definePluginJob<{ all: boolean }>({ name: 'measure', attempts: 1 });

/** When origins are measured: those of which something is watched, each once in a while. */
@Injectable()
export class MeasureRounds implements OnModuleInit {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly jobs: PluginJobs,
    private readonly reader: VideoReader,
    private readonly instance: InstanceInfo,
    private readonly videos: WatchedVideos,
    private readonly meter: OriginMeter,
    private readonly speeds: OriginSpeeds,
  ) {}

  onModuleInit(): void {
    this.jobs.process(measure, ({ payload: { all }, signal }) => this.run(all, signal));
    this.jobs.every('due', MINUTE_MS, async () => {
      if ((await this.origins(false)).size > 0) await this.measureDue();
    });
  }

  /** Somebody watches something of this origin, which is measured in the background if it is due. */
  async watched(host: string): Promise<void> {
    if (await this.isDue(host)) await this.measureDue();
  }

  /** In the background, whenever they were measured last. */
  async measureAll(): Promise<void> {
    await this.jobs.add(measure, { all: true }, { uniqueKey: 'all' });
  }

  private async measureDue(): Promise<void> {
    await this.jobs.add(measure, { all: false }, { uniqueKey: 'due' });
  }

  /** One after the other: two at once would share the line. */
  private async run(all: boolean, signal: AbortSignal): Promise<void> {
    for (const [host, videos] of await this.origins(all)) {
      signal.throwIfAborted();
      const file = await this.fileOf(videos);
      await this.speeds.note(host, file ? await this.meter.measure(file, signal) : NO_FILE);
    }
    await this.speeds.prune();
  }

  /** Those to measure, with what is watched of each. */
  private async origins(all: boolean): Promise<Map<string, WatchedVideo[]>> {
    const watched = await this.videos.watched();
    const chosen = new Map<string, WatchedVideo[]>();
    for (const host of new Set(watched.map((video) => video.host))) {
      if (chosen.size === MOST_PER_RUN) break;
      if (!all && !(await this.isDue(host))) continue;
      chosen.set(
        host,
        watched.filter((video) => video.host === host),
      );
    }
    return chosen;
  }

  private async isDue(host: string): Promise<boolean> {
    const speed = await this.speeds.get(host);
    const pause = this.settings.get().measureEveryMinutes * MINUTE_MS;
    return !speed || Date.now() - Date.parse(speed.measuredAt) >= pause;
  }

  /** Of the video that was watched last and has one. */
  private async fileOf(videos: WatchedVideo[]): Promise<OriginFile | null> {
    for (const { uuid } of videos) {
      const details = await this.reader.get(uuid);
      const file = details && originFile(details, this.instance.host);
      if (file) return file;
    }
    return null;
  }
}
