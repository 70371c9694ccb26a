import type { Courier } from '../ports/courier.js';
import type { DeliveryHost, DeliveryStore, HostHealth, WaitingDelivery } from '../ports/delivery-store.js';
import { classifyAnswer, type FinalVerdict, type Suspect, type Verdict } from './classify-answer.js';
import type { DeliverySchedule } from './delivery-schedule.js';

export interface HostSenderOptions {
  /** Milliseconds: what has waited longer when a try fails is dropped. */
  maxAge: number;
  /** What a host answered so often with an error of its own is set aside as soon as the host takes another delivery. */
  setAsideAfter: number;
  /** Milliseconds for one host before others have a turn. */
  turn: number;
}

/** The verdict of the last try. */
type LastVerdict = Exclude<Verdict, { kind: 'unproven' }>;
type Failure = Verdict & { kind: 'failed' };

/** Hosts have a last success that is no older than this (ms) while all goes well: not a write for each delivery. */
const SUCCESS_RESOLUTION = 10_000;
/** How far to look for another delivery than the one that may be the cause of a host's errors. */
const LOOK_AHEAD = 20;

/** Sends what waits for one host, one after another in the order of ids. To be run once at a time for a host. */
export class HostSender {
  constructor(
    private readonly store: DeliveryStore,
    private readonly courier: Courier,
    private readonly schedule: DeliverySchedule,
    private readonly options: HostSenderOptions,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Sends until nothing waits, the host fails, or its turn is over. Answers in how many milliseconds it wants another run;
   * null when there is nothing to do until something changes. @throws the reason of the signal, and faults of this server.
   */
  async run(host: string, signal: AbortSignal): Promise<number | null> {
    const turnEnds = this.now().getTime() + this.options.turn;
    for (;;) {
      signal.throwIfAborted();
      const state = await this.store.host(host);
      if (!state || state.paused) return null;
      const [delivery] = await this.store.oldestWaiting(host, 1);
      if (!delivery) return null;
      const now = this.now().getTime();
      const pause = (state.nextAttemptAt?.getTime() ?? 0) - now;
      if (pause > 0) return pause;
      if (now >= turnEnds) return 0;
      await this.settle(state, delivery, await this.attempt(delivery, signal), signal);
    }
  }

  /** One try; a second one at once when a fresh signature may help. */
  private async attempt(delivery: WaitingDelivery, signal: AbortSignal): Promise<LastVerdict> {
    const once = async () => classifyAnswer(await this.courier.bring(delivery, signal));
    const verdict = await once();
    const last = verdict.kind === 'unproven' ? await once() : verdict;
    return last.kind === 'unproven' ? { ...last, kind: 'refused' } : last;
  }

  private async settle(
    state: DeliveryHost,
    delivery: WaitingDelivery,
    verdict: LastVerdict,
    signal: AbortSignal,
  ): Promise<void> {
    if (verdict.kind === 'busy') {
      const pause = this.schedule.pauseFor(verdict.pause, state.failures);
      await this.save(state, { nextAttemptAt: this.in(pause), lastError: verdict.reason });
    } else if (verdict.kind === 'failed') {
      await this.failed(state, delivery, verdict, signal);
    } else {
      await this.finish(delivery, verdict);
      await this.answers(state, verdict.kind === 'delivered');
    }
  }

  private async finish({ id, host, inboxUrl }: WaitingDelivery, verdict: FinalVerdict): Promise<void> {
    if (verdict.kind === 'delivered') await this.store.markDelivered(id, this.now());
    else if (verdict.kind === 'refused') await this.store.giveUp(id, 'refused', verdict.reason, this.now());
    else await this.store.inboxGone(host, inboxUrl, verdict.reason, this.now());
  }

  private async failed(
    state: DeliveryHost,
    delivery: WaitingDelivery,
    verdict: Failure,
    signal: AbortSignal,
  ): Promise<void> {
    const { reason, suspect } = verdict;
    await this.store.markFailed(delivery.id, { reason, answered: suspect !== 'host' });
    if (await this.isGuilty(delivery, suspect, signal)) {
      const why = `Set aside, since the host takes others. ${reason}`;
      await this.store.giveUp(delivery.id, 'refused', why, this.now());
      await this.answers(state, true);
    } else {
      await this.backOff(state, delivery, verdict);
    }
  }

  /** After several errors from the host itself: whether it takes, at once, another activity or inbox. */
  private async isGuilty(failed: WaitingDelivery, suspect: Suspect, signal: AbortSignal): Promise<boolean> {
    if (suspect === 'host' || failed.answered + 1 < this.options.setAsideAfter) return false;
    const part = suspect === 'inbox' ? 'inboxUrl' : 'activityId';
    const waiting = await this.store.oldestWaiting(failed.host, LOOK_AHEAD);
    const other = waiting.find((delivery) => delivery[part] !== failed[part]);
    if (!other) return false;
    const verdict = await this.attempt(other, signal);
    if (verdict.kind === 'busy' || verdict.kind === 'failed') return false;
    await this.finish(other, verdict);
    return verdict.kind === 'delivered';
  }

  private async answers(state: DeliveryHost, success: boolean): Promise<void> {
    const last = state.lastSuccessAt?.getTime() ?? -Infinity;
    const isRecent = this.now().getTime() - last < SUCCESS_RESOLUTION;
    if (state.failures === 0 && state.lastError === null && (isRecent || !success)) return;
    await this.save(state, {
      failures: 0,
      failingSince: null,
      nextAttemptAt: null,
      lastError: null,
      ...(success && { lastSuccessAt: this.now() }),
    });
  }

  private async backOff(
    state: DeliveryHost,
    { host, waitingSince }: WaitingDelivery,
    { reason, suspect }: Failure,
  ): Promise<void> {
    const now = this.now();
    const failures = state.failures + 1;
    await this.save(state, {
      failures,
      failingSince: state.failingSince ?? now,
      nextAttemptAt: this.in(this.schedule.delayAfter(failures, suspect !== 'host')),
      lastError: reason,
    });
    // Only after a try that failed: a host that is back gets all that waited for it, however long.
    const oldest = new Date(now.getTime() - this.options.maxAge);
    if (waitingSince < oldest)
      await this.store.dropOlder(host, oldest, `Not delivered in time. ${reason}`, now);
  }

  private save({ host, ...state }: DeliveryHost, changes: Partial<HostHealth>): Promise<void> {
    const { failures, failingSince, nextAttemptAt, lastSuccessAt, lastError } = { ...state, ...changes };
    return this.store.saveHealth(host, { failures, failingSince, nextAttemptAt, lastSuccessAt, lastError });
  }

  private in(milliseconds: number): Date {
    return new Date(this.now().getTime() + milliseconds);
  }
}
