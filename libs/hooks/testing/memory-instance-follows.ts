import { type FollowedInstance, InstanceFollowError, InstanceFollows } from '../src/host/instance-follows.js';
import { readHost } from '../src/hosts.js';

/** The port in memory; who is asked accepts at once. */
export class MemoryInstanceFollows extends InstanceFollows {
  readonly followed = new Map<string, FollowedInstance['state']>();
  /** Hosts that moderation blocks. */
  readonly blocked = new Set<string>();

  async follow(host: string): Promise<void> {
    const wanted = readHost(host);
    if (wanted === null) throw new InstanceFollowError('bad_host', `${host} is no host.`);
    if (this.blocked.has(wanted)) throw new InstanceFollowError('blocked', `${wanted} is blocked here.`);
    this.followed.set(wanted, 'accepted');
  }

  async unfollow(host: string): Promise<boolean> {
    return this.followed.delete(readHost(host) ?? host);
  }

  async list({ start = 0, count = 100 } = {}): Promise<{ total: number; data: FollowedInstance[] }> {
    const data = [...this.followed]
      .map(([host, state]) => ({ host, state, reason: null, since: '2026-01-01T00:00:00.000Z' }))
      .sort((a, b) => (a.host < b.host ? -1 : 1));
    return { total: data.length, data: data.slice(start, start + Math.min(count, 100)) };
  }
}
