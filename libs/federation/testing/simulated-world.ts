import { DeliverySchedule, type ScheduleOptions } from '../src/outbox/delivery-schedule.js';
import { HostSender, type HostSenderOptions } from '../src/outbox/host-sender.js';
import { Courier, type CourierAnswer } from '../src/ports/courier.js';
import type { WaitingDelivery } from '../src/ports/delivery-store.js';
import { MemoryDeliveryStore } from './memory-delivery-store.js';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

/** The defaults of the configuration. */
export const DEFAULTS: ScheduleOptions & HostSenderOptions = {
  firstDelay: 30 * SECOND,
  maxDelay: DAY,
  breakerAfter: 5,
  breakerProbe: 30 * MINUTE,
  maxAge: 8 * DAY,
  setAsideAfter: 5,
  turn: 10 * SECOND,
};

const TIME_OF_A_POST = 50;

export interface Post {
  at: number;
  id: number;
  status: number | null;
}

/** What a host answers to a delivery: a status, or nothing for as long as the time-out says. */
export type Behaviour = (delivery: WaitingDelivery) => CourierAnswer | number | 'silence';

/** Hosts that behave as told, one sender for all of them, and a clock that stands still unless something takes time. */
export class SimulatedWorld extends Courier {
  readonly store = new MemoryDeliveryStore();
  /** Milliseconds since the begin. */
  time = 0;
  readonly posts = new Map<string, Post[]>();
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly due = new Map<string, number>();
  private readonly sender: HostSender;
  private activities = 0;

  constructor(options: Partial<typeof DEFAULTS> = {}, random: () => number = () => 0) {
    super();
    const all = { ...DEFAULTS, ...options };
    this.sender = new HostSender(this.store, this, new DeliverySchedule(all, random), all, () => this.now());
  }

  now(): Date {
    return new Date(this.time);
  }

  host(host: string, behaviour: Behaviour): void {
    this.behaviours.set(host, behaviour);
  }

  /** Adds one activity for each host, and wakes their senders. Answers the ids of the deliveries. */
  tell(hosts: string[], path = '/inbox'): number[] {
    this.activities += 1;
    return hosts.map((host) => {
      this.due.set(host, Math.min(this.due.get(host) ?? Infinity, this.time));
      const inboxUrl = `https://${host}${path}`;
      return this.store.enqueue({ host, inboxUrl, activityId: this.activities, waitingSince: this.now() });
    });
  }

  async bring(delivery: WaitingDelivery, signal: AbortSignal): Promise<CourierAnswer> {
    const answer = this.behaviours.get(delivery.host)!(delivery);
    const posts = this.posts.get(delivery.host) ?? [];
    const status = typeof answer === 'number' ? answer : null;
    this.posts.set(delivery.host, [...posts, { at: this.time, id: delivery.id, status }]);
    this.time += TIME_OF_A_POST;
    signal.throwIfAborted();
    if (answer === 'silence') return { kind: 'unreachable', reason: 'It did not answer.' };
    return typeof answer === 'number' ? { kind: 'answered', status: answer } : answer;
  }

  /** Runs senders as they become due, until the clock shows `end` or nothing is left to do. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      const [next] = [...this.due].sort(([, one], [, other]) => one - other);
      if (!next || next[1] > end) break;
      const [host, at] = next;
      this.time = Math.max(this.time, at);
      this.due.delete(host);
      const again = await this.run(host);
      if (again !== null) this.due.set(host, this.time + again);
    }
    this.time = Math.max(this.time, end);
  }

  run(host: string, signal: AbortSignal = new AbortController().signal): Promise<number | null> {
    return this.sender.run(host, signal);
  }

  /** Ids that the host took, in the order in which it took them. */
  taken(host: string): number[] {
    const taken = (this.posts.get(host) ?? []).filter(({ status }) => status !== null && status < 300);
    return taken.map(({ id }) => id);
  }

  fate(id: number): { state: string; reason: string | null } {
    const { state, reason } = this.store.deliveries[id - 1]!;
    return { state, reason };
  }
}
