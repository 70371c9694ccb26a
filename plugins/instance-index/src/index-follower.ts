import { Injectable } from '@nestjs/common';
import {
  type FollowedInstance,
  hostMatcher,
  InstanceFollowError,
  InstanceFollows,
  InstanceInfo,
  PluginHttp,
  PluginSettings,
} from '@vidiverse/hooks';
import { DayLimit } from './day-limit.js';
import { type OwnFollow, OwnFollows } from './own-follows.js';
import { type Index, readIndex } from './read-index.js';
import { RunNotes, type RunReport, type SkipReason } from './run-report.js';
import type { Settings } from './settings.js';

/** Characters of a problem that is kept. */
const MAX_PROBLEM = 500;

interface Run {
  settings: Settings;
  index: Index;
  known: Map<string, FollowedInstance['state']>;
  own: Map<string, OwnFollow>;
  notes: RunNotes;
  signal: AbortSignal;
}

/** Makes the follows of this instance those that the index, the blacklist and the limits want. */
@Injectable()
export class IndexFollower {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly http: PluginHttp,
    private readonly follows: InstanceFollows,
    private readonly own: OwnFollows,
    private readonly limit: DayLimit,
    private readonly instance: InstanceInfo,
  ) {}

  /** What goes wrong stands in the report. @throws the signal's reason, when the server stops meanwhile */
  async run(signal: AbortSignal): Promise<RunReport> {
    const settings = this.settings.get();
    const notes = new RunNotes(settings);
    try {
      const index = await readIndex(this.http, settings.indexUrl, signal);
      notes.index = { hosts: index.hosts.size, noHosts: index.noHosts, isWhole: index.isWhole };
      const run = {
        ...{ settings, index, notes, signal },
        ...{ known: await this.known(), own: await this.own.all() },
      };
      await this.followNew(run);
      if (settings.unfollowsWhatLeft && index.isWhole) await this.unfollowGone(run);
    } catch (error) {
      signal.throwIfAborted();
      notes.problem = (error instanceof Error ? error.message : String(error)).slice(0, MAX_PROBLEM);
    }
    return notes.report();
  }

  private async followNew({ settings, index, known, own, notes, signal }: Run): Promise<void> {
    const isBlacklisted = hostMatcher(settings.neverFollow);
    let left = await this.limit.left('follows', settings.followsPerDay);
    for (const host of index.hosts) {
      signal.throwIfAborted();
      if (host === this.instance.host) continue;
      const objection = isBlacklisted(host) ? 'blacklisted' : objectionTo(known.get(host), own.get(host));
      if (objection) notes.skipped(host, objection);
      else if (left === 0) notes.skipped(host, 'later');
      else if (settings.dryRun || (await this.follow(host))) {
        notes.followed(host);
        left -= 1;
      } else notes.skipped(host, 'refused');
    }
  }

  /** False when the instance does not follow such a host. */
  private async follow(host: string): Promise<boolean> {
    await this.own.note(host, 'asking');
    try {
      await this.follows.follow(host);
    } catch (error) {
      await this.own.forget(host);
      if (error instanceof InstanceFollowError) return false;
      throw error;
    }
    await this.limit.count('follows');
    await this.own.note(host, 'asked');
    return true;
  }

  /** Only what this plugin has followed itself, and not more in a day than it may follow: an index may be broken. */
  private async unfollowGone({ settings, index, known, own, notes, signal }: Run): Promise<void> {
    let left = await this.limit.left('unfollows', settings.followsPerDay);
    for (const host of own.keys()) {
      signal.throwIfAborted();
      if (index.hosts.has(host) || !known.has(host)) continue;
      if (left === 0) return;
      left -= 1;
      notes.unfollowed(host);
      if (settings.dryRun) continue;
      await this.follows.unfollow(host);
      await this.limit.count('unfollows');
      await this.own.forget(host);
    }
  }

  private async known(): Promise<Run['known']> {
    const known: Run['known'] = new Map();
    for (let start = 0; ;) {
      const { data } = await this.follows.list({ start });
      for (const { host, state } of data) known.set(host, state);
      if (data.length === 0) return known;
      start += data.length;
    }
  }
}

function objectionTo(
  state: FollowedInstance['state'] | undefined,
  own: OwnFollow | undefined,
): SkipReason | null {
  if (state !== undefined) return state === 'failed' ? 'failed' : 'known';
  return own === 'asked' ? 'ended' : null;
}
