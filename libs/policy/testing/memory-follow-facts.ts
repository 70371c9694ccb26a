import { FollowFacts, type FollowSettings } from '../src/ports/follow-facts.js';

/** The port in memory, for tests of what decides by it. */
export class MemoryFollowFacts extends FollowFacts {
  readonly current: FollowSettings = {
    followersEnabled: true,
    channelFollowersEnabled: true,
    manualApproval: false,
    followBack: false,
  };
  /** Reasons by host or actor URL. */
  readonly blocks = new Map<string, string>();
  readonly blacklist = new Set<string>();
  readonly followed = new Set<string>();
  private readonly refused = new Set<string>();

  refuse(actorUrl: string, targetUrl: string): void {
    this.refused.add(`${actorUrl} ${targetUrl}`);
  }

  async settings(): Promise<FollowSettings> {
    return { ...this.current };
  }

  async blockOf({ url, host }: { url: string; host: string }): Promise<string | null> {
    return this.blocks.get(url) ?? this.blocks.get(host) ?? null;
  }

  async wasRefused(actorUrl: string, targetUrl: string): Promise<boolean> {
    return this.refused.has(`${actorUrl} ${targetUrl}`);
  }

  async isNeverFollowedBack(host: string): Promise<boolean> {
    return this.blacklist.has(host);
  }

  async isFollowed(actorUrl: string): Promise<boolean> {
    return this.followed.has(actorUrl);
  }
}
