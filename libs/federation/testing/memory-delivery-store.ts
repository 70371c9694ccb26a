import {
  DeliveryStore,
  type DeliveryHost,
  type GivenUp,
  type HostHealth,
  type WaitingDelivery,
} from '../src/ports/delivery-store.js';

export interface MemoryDelivery extends WaitingDelivery {
  state: 'waiting' | 'delivered' | GivenUp;
  reason: string | null;
  finishedAt: Date | null;
}

export interface NewDelivery {
  host: string;
  inboxUrl: string;
  activityId: number;
  waitingSince: Date;
}

/** The port in memory. */
export class MemoryDeliveryStore extends DeliveryStore {
  readonly deliveries: MemoryDelivery[] = [];
  readonly goneInboxes = new Set<string>();
  private readonly hosts = new Map<string, DeliveryHost>();

  enqueue(delivery: NewDelivery): number {
    const id = this.deliveries.length + 1;
    const fresh = { attempts: 0, answered: 0, state: 'waiting' as const, reason: null, finishedAt: null };
    this.deliveries.push({ ...delivery, ...fresh, id });
    if (!this.hosts.has(delivery.host)) this.hosts.set(delivery.host, newHost(delivery.host));
    return id;
  }

  setPaused(host: string, paused: boolean): void {
    this.hosts.set(host, { ...(this.hosts.get(host) ?? newHost(host)), paused });
  }

  async host(host: string): Promise<DeliveryHost | null> {
    return this.hosts.get(host) ?? null;
  }

  async saveHealth(host: string, health: HostHealth): Promise<void> {
    const known = this.hosts.get(host);
    if (known) this.hosts.set(host, { ...known, ...health });
  }

  async oldestWaiting(host: string, count: number): Promise<WaitingDelivery[]> {
    return this.waiting((delivery) => delivery.host === host)
      .slice(0, count)
      .map(({ state: _, reason: __, finishedAt: ___, ...delivery }) => delivery);
  }

  async markDelivered(id: number, at: Date): Promise<void> {
    for (const delivery of this.waiting((each) => each.id === id))
      Object.assign(delivery, { state: 'delivered', reason: null, finishedAt: at });
  }

  async markFailed(id: number, { reason, answered }: { reason: string; answered: boolean }): Promise<void> {
    for (const delivery of this.waiting((each) => each.id === id)) {
      delivery.attempts += 1;
      if (answered) delivery.answered += 1;
      delivery.reason = reason;
    }
  }

  async giveUp(id: number, as: GivenUp, reason: string, at: Date): Promise<void> {
    this.end((delivery) => delivery.id === id, as, reason, at);
  }

  async inboxGone(host: string, inboxUrl: string, reason: string, at: Date): Promise<void> {
    this.goneInboxes.add(inboxUrl);
    this.end((delivery) => delivery.host === host && delivery.inboxUrl === inboxUrl, 'dropped', reason, at);
  }

  async dropOlder(host: string, before: Date, reason: string, at: Date): Promise<void> {
    this.end((delivery) => delivery.host === host && delivery.waitingSince < before, 'dropped', reason, at);
  }

  private end(which: (delivery: MemoryDelivery) => boolean, state: GivenUp, reason: string, at: Date): void {
    for (const delivery of this.waiting(which)) Object.assign(delivery, { state, reason, finishedAt: at });
  }

  private waiting(which: (delivery: MemoryDelivery) => boolean): MemoryDelivery[] {
    return this.deliveries.filter((delivery) => delivery.state === 'waiting' && which(delivery));
  }
}

const newHost = (host: string): DeliveryHost => ({
  host,
  failures: 0,
  failingSince: null,
  nextAttemptAt: null,
  lastSuccessAt: null,
  lastError: null,
  paused: false,
});
