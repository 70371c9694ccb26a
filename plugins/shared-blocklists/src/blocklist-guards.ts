import { Injectable } from '@nestjs/common';
import {
  activityReceived,
  type FollowAsked,
  followBackConsidered,
  followRequested,
  hold,
  OnHook,
  PluginSettings,
  type ReceivedActivity,
  refuse,
  type Verdict,
} from '@vidiverse/hooks';
import { type Blocked, BlockedHosts } from './blocked-hosts.js';
import type { Settings } from './settings.js';

/** Keeps hosts on a list out; each reason names the list. */
@Injectable()
export class BlocklistGuards {
  constructor(
    private readonly hosts: BlockedHosts,
    private readonly settings: PluginSettings<Settings>,
  ) {}

  @OnHook(followRequested)
  @OnHook(followBackConsidered)
  async followAsked({ follower }: FollowAsked): Promise<Verdict | undefined> {
    const blocked = await this.hosts.find(follower.host);
    return blocked ? refuse(reasonOf(follower.host, blocked)) : undefined;
  }

  @OnHook(activityReceived)
  async activityReceived({ host }: ReceivedActivity): Promise<Verdict | undefined> {
    const blocked = await this.hosts.find(host);
    if (!blocked) return undefined;
    const says = this.settings.get().activities === 'hold' ? hold : refuse;
    return says(reasonOf(host, blocked));
  }
}

export function reasonOf(host: string, { entry, list: { kind, source } }: Blocked): string {
  const list = kind === 'import' ? `the imported block list "${source}"` : `the block list ${source}`;
  return entry === host ? `${host} is on ${list}.` : `${host} belongs to ${entry}, which is on ${list}.`;
}
