import { Injectable } from '@nestjs/common';
import { setImmediate as nextRound } from 'node:timers/promises';
import {
  Courier,
  type CourierAnswer,
  RemoteClient,
  RemoteError,
  signRequestAside,
  type WaitingDelivery,
} from '@vidiverse/federation';
import { DeliveryHooks } from './delivery-hooks.service.js';
import { SignedActivities, type SignedActivity, UnsignableActivityError } from './signed-activities.js';

const TYPE = 'application/activity+json';
/** Characters of what a host says about a refusal. */
const MAX_WORDS = 200;
/** What peers answer to a signature whose date they do not believe. */
const NOT_PROVEN = new Set([401, 403]);
/** Minutes: a peer may then refuse what it takes as soon as the wrong clock is right. */
const CLOCKS_APART = 5;
/** How a kept connection ends when its other side closed it while nothing was under way. */
const CLOSED_SOCKET = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Brings activities over HTTP, each request signed by the author's key. */
@Injectable()
export class HttpCourier extends Courier {
  private turns: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly activities: SignedActivities,
    private readonly client: RemoteClient,
    private readonly hooks: DeliveryHooks,
  ) {
    super();
  }

  async bring(delivery: WaitingDelivery, signal: AbortSignal): Promise<CourierAnswer> {
    const answer = await this.ask(delivery, signal);
    await this.turn();
    return answer;
  }

  /**
   * Answers of many hosts come together, and what follows on each, with SQLite, lets nobody else have a turn: so they go on
   * one by one, and requests of others are served in between.
   */
  private turn(): Promise<unknown> {
    this.turns = this.turns.then(() => nextRound());
    return this.turns;
  }

  private async ask(delivery: WaitingDelivery, signal: AbortSignal): Promise<CourierAnswer> {
    try {
      const activity = await this.activities.get(delivery.activityId);
      const objection = await this.hooks.objection(delivery, activity.body);
      return objection ?? (await this.post(delivery.inboxUrl, activity, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UnsignableActivityError) return { kind: 'unsendable', reason: error.message };
      if (!(error instanceof RemoteError) || error.code === 'busy' || error.code === 'aborted') throw error;
      return { kind: error.code === 'url_refused' ? 'unsendable' : 'unreachable', reason: error.message };
    }
  }

  /** Peers close idle connections: what dies on a kept one is sent once more at once. */
  private async post(url: string, activity: SignedActivity, signal: AbortSignal): Promise<CourierAnswer> {
    const { body, keyId, privateKey } = activity;
    const once = async () => {
      const signed = await signRequestAside({ method: 'POST', url, body, keyId }, privateKey);
      return this.client.post(url, body, { 'content-type': TYPE, ...signed }, { signal });
    };
    const answer = await once().catch((error: unknown) => {
      if (!diedOnKeptConnection(error)) throw error;
      return once();
    });
    const { status, retryAfter, date } = answer;
    const apart = date ? Math.round(Math.abs(date.getTime() - Date.now()) / 60_000) : 0;
    if (NOT_PROVEN.has(status) && apart >= CLOCKS_APART)
      return {
        kind: 'unreachable',
        reason: `It answered ${status}; its clock and ours are ${apart} minutes apart.`,
      };
    return { kind: 'answered', status, retryAfter, words: status < 300 ? undefined : words(answer.body) };
  }
}

function diedOnKeptConnection(error: unknown): boolean {
  if (!(error instanceof RemoteError)) return false;
  const { code, socket } = (error.cause ?? {}) as { code?: string; socket?: { bytesRead?: number } };
  // A connection on which nothing ever came is no kept one.
  return code !== undefined && CLOSED_SOCKET.has(code) && socket?.bytesRead !== 0;
}

/** What an administrator may want to read: text, on one line. */
function words(body: Buffer): string | undefined {
  const text = body
    .toString('utf8')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  return text === '' ? undefined : [...text].slice(0, MAX_WORDS).join('');
}
