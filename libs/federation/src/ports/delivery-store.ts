/** How deliveries to a host are going. */
export interface HostHealth {
  /** In a row. */
  failures: number;
  /** Begin of the present row of failures. */
  failingSince: Date | null;
  /** Nothing is sent before. */
  nextAttemptAt: Date | null;
  lastSuccessAt: Date | null;
  /** How the last try failed, in words. */
  lastError: string | null;
}

export interface DeliveryHost extends HostHealth {
  host: string;
  /** Stopped by an administrator: what is to be sent waits. */
  paused: boolean;
}

/** One activity that one inbox has not got yet. */
export interface WaitingDelivery {
  /** Deliveries of a host are sent in the order of their ids. */
  id: number;
  host: string;
  inboxUrl: string;
  activityId: number;
  waitingSince: Date;
  /** Tries that failed. */
  attempts: number;
  /** Those of them that the host's own software answered: the activity or the inbox may be the cause. */
  answered: number;
}

/** Why a delivery waits no more without having arrived: the host said no, or nobody tries any longer. */
export type GivenUp = 'refused' | 'dropped';

/**
 * Port: what waits for each host, and how the host is doing. A delivery that ended meanwhile, by an administrator or by
 * another process, is left as it is by every method here.
 */
export abstract class DeliveryStore {
  /** Null for a host to which nothing was ever to be sent. */
  abstract host(host: string): Promise<DeliveryHost | null>;
  /** Leaves `paused` alone. */
  abstract saveHealth(host: string, health: HostHealth): Promise<void>;
  /** The first ones by id. */
  abstract oldestWaiting(host: string, count: number): Promise<WaitingDelivery[]>;
  abstract markDelivered(id: number, at: Date): Promise<void>;
  /** Counts a failed try, after which the delivery waits on. */
  abstract markFailed(id: number, failure: { reason: string; answered: boolean }): Promise<void>;
  abstract giveUp(id: number, as: GivenUp, reason: string, at: Date): Promise<void>;
  /** The inbox is gone for good: drops what waits for it, and remembers that nobody reads it any more. */
  abstract inboxGone(host: string, inboxUrl: string, reason: string, at: Date): Promise<void>;
  /** Drops what has waited since before `before`. */
  abstract dropOlder(host: string, before: Date, reason: string, at: Date): Promise<void>;
}
