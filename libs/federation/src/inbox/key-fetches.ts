import { InboxRefusalError } from './inbox-request.js';

/** Runs lookups, so many at once and so many that wait; the same key is looked up once for all who ask. */
export class KeyFetches<Value> {
  private readonly underWay = new Map<string, Promise<Value>>();
  private readonly waiting: Array<() => void> = [];
  private running = 0;

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws InboxRefusalError (503) when too many wait already. */
  run(key: string, fetch: () => Promise<Value>): Promise<Value> {
    const present = this.underWay.get(key);
    if (present) return present;
    if (this.running >= this.maxRunning && this.waiting.length >= this.maxWaiting) {
      throw new InboxRefusalError(503, 'key_unavailable', 'Too many keys are being looked up.', 30);
    }
    const lookup = this.inTurn(fetch).finally(() => this.underWay.delete(key));
    this.underWay.set(key, lookup);
    return lookup;
  }

  private async inTurn(fetch: () => Promise<Value>): Promise<Value> {
    if (this.running >= this.maxRunning) await new Promise<void>((turn) => this.waiting.push(turn));
    else this.running += 1;
    try {
      return await fetch();
    } finally {
      // Whoever waits takes over this place.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
