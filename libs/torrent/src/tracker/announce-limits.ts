import { isIPv6 } from 'node:net';

const WINDOW_MS = 60_000;
const MAX_KEYS = 100_000;
/** The part of an IPv6 address that one customer is given: /64. */
const NETWORK_GROUPS = 4;

/** Who is counted as one: an IPv4 address, or an IPv6 network of which one customer has 2^64 addresses. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('%')[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

/** Counts announces per network and info hash in windows of a minute; memory is bounded and forgotten with the window. */
export class AnnounceLimits {
  private counts = new Map<string, number>();
  private windowEnds = 0;

  /** Counts one more; false when it is more than `limit`. `network` as `networkOf` has it. */
  allow(network: string, infoHash: string, limit: number, now = Date.now()): boolean {
    if (now >= this.windowEnds || this.counts.size >= MAX_KEYS) {
      this.counts = new Map();
      this.windowEnds = now + WINDOW_MS;
    }
    const key = network + infoHash;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count <= limit;
  }
}
