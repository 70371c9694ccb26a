import { isIPv6 } from 'node:net';
import { ExpiringMap } from './expiring-map.js';

/** Addresses that are counted at the same time. */
const MAX_ADDRESSES = 50_000;

/**
 * Counts refused requests per address, so that a flood of them is answered before anything is read. What is accepted is
 * not counted: it is signed, and whoever signs too much can be blocked.
 */
export class RefusalLimit {
  private readonly counts: ExpiringMap<{ refusals: number }>;

  /** `window` in milliseconds. */
  constructor(
    private readonly limit: number,
    private readonly window: number,
    now: () => number,
  ) {
    this.counts = new ExpiringMap(MAX_ADDRESSES, now);
  }

  /** Milliseconds for which the address is not heard; 0 when it is. */
  waitFor(address: string): number {
    const key = networkOf(address);
    const refusals = this.counts.get(key)?.refusals ?? 0;
    return refusals < this.limit ? 0 : this.counts.remaining(key);
  }

  add(address: string): void {
    const key = networkOf(address);
    const count = this.counts.get(key);
    if (count) count.refusals += 1;
    else this.counts.set(key, { refusals: 1 }, this.window);
  }
}

/** Whoever has one IPv6 address has its /64. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}
