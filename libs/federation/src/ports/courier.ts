import type { WaitingDelivery } from './delivery-store.js';

/** What became of one try to hand over an activity. */
export type CourierAnswer =
  | {
      kind: 'answered';
      status: number;
      /** Seconds, as the host asks for. */
      retryAfter?: number;
      /** What the host says about it, in words. */
      words?: string;
    }
  | { kind: 'unreachable'; reason: string }
  /** It cannot be sent as it is, to nobody and never. */
  | { kind: 'unsendable'; reason: string };

/** Port: signs an activity and brings it to an inbox, once. */
export abstract class Courier {
  /** @throws whatever is a fault of this server, or the reason of the signal: neither is counted against the host. */
  abstract bring(delivery: WaitingDelivery, signal: AbortSignal): Promise<CourierAnswer>;
}
