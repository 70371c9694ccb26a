import { Injectable, type OnModuleInit } from '@nestjs/common';
import { definePluginJob, PluginHttp, PluginJobs, PluginSettings, PluginStorage } from '@vidiverse/hooks';
import { BlockedHosts } from './blocked-hosts.js';
import { ListError, parseList } from './parse-list.js';
import type { Settings } from './settings.js';
import { StoredLists } from './stored-lists.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3600_000;
/** Bytes of one list. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Characters of a problem that is kept. */
const MAX_PROBLEM = 500;
const LAST_ROUND = 'last-round';

const refresh = definePluginJob<null>({ name: 'refresh' });

/** Reads the lists that are subscribed to, again and again. One that cannot be had keeps its last state and says so. */
@Injectable()
export class BlocklistRounds implements OnModuleInit {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly jobs: PluginJobs,
    private readonly storage: PluginStorage,
    private readonly http: PluginHttp,
    private readonly stored: StoredLists,
    private readonly hosts: BlockedHosts,
  ) {}

  onModuleInit(): void {
    this.jobs.process(refresh, ({ signal }) => this.refreshAll(signal));
    this.jobs.every('due', MINUTE_MS, async () => {
      if (await this.isDue()) await this.refreshNow();
    });
  }

  /** In the background, as soon as a worker is free; one round at a time. */
  async refreshNow(): Promise<void> {
    await this.jobs.add(refresh, null, { uniqueKey: 'one' });
  }

  private async isDue(): Promise<boolean> {
    const { intervalHours, lists, takesSilenced } = this.settings.get();
    const last = (await this.storage.get(LAST_ROUND)) as { at: number; of: string } | undefined;
    const isOther = last?.of !== JSON.stringify([lists, takesSilenced]);
    return isOther || Date.now() - last.at >= intervalHours * HOUR_MS;
  }

  private async refreshAll(signal: AbortSignal): Promise<void> {
    const { lists, takesSilenced } = this.settings.get();
    for (const { kind, source } of await this.stored.all())
      if (kind === 'subscription' && !lists.includes(source)) await this.stored.remove(kind, source);
    for (const url of lists) await this.refreshOne(url, takesSilenced, signal);
    await this.storage.set(LAST_ROUND, { at: Date.now(), of: JSON.stringify([lists, takesSilenced]) });
    await this.hosts.load();
  }

  private async refreshOne(url: string, takesSilenced: boolean, signal: AbortSignal): Promise<void> {
    try {
      const { status, body } = await this.http.get(url, { signal, maxBytes: MAX_BYTES });
      if (status !== 200) throw new ListError(`It is answered with status ${status}.`);
      const list = parseList(new TextDecoder().decode(body), { takesSilenced });
      await this.stored.replace('subscription', url, list);
    } catch (error) {
      signal.throwIfAborted();
      const problem = error instanceof Error ? error.message : String(error);
      await this.stored.noteProblem('subscription', url, problem.slice(0, MAX_PROBLEM));
    }
  }
}
