import { Injectable, type OnModuleInit } from '@nestjs/common';
import { definePluginJob, PluginJobs, PluginSettings, PluginStorage } from '@vidiverse/hooks';
import { IndexFollower } from './index-follower.js';
import type { RunReport } from './run-report.js';
import type { Settings } from './settings.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3600_000;
const LAST_RUN = 'last-run';

const look = definePluginJob<null>({ name: 'look' });

export interface IndexState {
  /** Null: there was none yet. */
  lastRun: RunReport | null;
  /** ISO 8601; null: no index is named. */
  nextRunAt: string | null;
}

/** When the index is looked at. All looks are one kind of job, so that there is one at a time. */
@Injectable()
export class IndexRounds implements OnModuleInit {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly jobs: PluginJobs,
    private readonly storage: PluginStorage,
    private readonly follower: IndexFollower,
  ) {}

  onModuleInit(): void {
    this.jobs.process(look, async ({ signal }) => {
      if (this.settings.get().indexUrl === '') return;
      await this.storage.set(LAST_RUN, await this.follower.run(signal));
    });
    this.jobs.every('due', MINUTE_MS, async () => {
      const { nextRunAt } = await this.state();
      if (nextRunAt !== null && Date.parse(nextRunAt) <= Date.now()) await this.lookNow();
    });
  }

  /** In the background, as soon as a worker is free. */
  async lookNow(): Promise<void> {
    await this.jobs.add(look, null, { uniqueKey: 'one' });
  }

  async state(): Promise<IndexState> {
    const lastRun = ((await this.storage.get(LAST_RUN)) as RunReport | undefined) ?? null;
    return { lastRun, nextRunAt: nextRunAfter(lastRun, this.settings.get()) };
  }
}

/** At once after a change of what is looked at, and within an hour after a problem. */
function nextRunAfter(last: RunReport | null, { indexUrl, dryRun, intervalHours }: Settings): string | null {
  if (indexUrl === '') return null;
  if (!last) return new Date().toISOString();
  if (last.indexUrl !== indexUrl || last.dryRun !== dryRun) return last.finishedAt;
  const pause = last.problem === null ? intervalHours * HOUR_MS : HOUR_MS;
  return new Date(Date.parse(last.finishedAt) + pause).toISOString();
}
