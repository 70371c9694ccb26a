import { STATUS_CODES } from 'node:http';
import type { CourierAnswer } from '../ports/courier.js';

/** The end of a delivery. */
export type FinalVerdict =
  | { kind: 'delivered' }
  /** The inbox will never be back. */
  | { kind: 'gone'; reason: string }
  /** This activity is not wanted; the next one may be. */
  | { kind: 'refused'; reason: string };

/** What an answer to a delivery means for it and for its host. */
export type Verdict =
  | FinalVerdict
  /** Who sends was not proven: a new signature with a new date may be. */
  | { kind: 'unproven'; reason: string }
  /** The host asks for a pause of so many milliseconds. */
  | { kind: 'busy'; reason: string; pause: number }
  /** To be tried again; `suspect` is what may be the cause. */
  | { kind: 'failed'; reason: string; suspect: Suspect };

export type Suspect = 'host' | 'activity' | 'inbox';

/** Ours to send again: too slow, too early, too many. */
const TRY_AGAIN = new Set([408, 425, 429]);
/** A gateway says them for a server that is down, whatever is sent. */
const GATEWAY = new Set([502, 503, 504]);
const CDN_ERRORS = 520;

export function classifyAnswer(answer: CourierAnswer): Verdict {
  if (answer.kind === 'unreachable') return { kind: 'failed', reason: answer.reason, suspect: 'host' };
  if (answer.kind === 'unsendable') return { kind: 'refused', reason: answer.reason };
  const { status, retryAfter, words } = answer;
  const name = STATUS_CODES[status];
  const reason = `It answered ${status}${name ? ` ${name}` : ''}${words ? `: ${words}` : '.'}`;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if ((status === 429 || status === 503) && retryAfter !== undefined)
    return { kind: 'busy', reason, pause: retryAfter * 1000 };
  if (status === 410) return { kind: 'gone', reason };
  // Also what some proxies say for a server that is down.
  if (status === 404) return { kind: 'failed', reason, suspect: 'inbox' };
  if (status === 401) return { kind: 'unproven', reason };
  if (status >= 400 && status < 500 && !TRY_AGAIN.has(status)) return { kind: 'refused', reason };
  // A redirect is not followed: it may be that of a page that says "back soon".
  const answersItself = status >= 500 && status < CDN_ERRORS && !GATEWAY.has(status);
  return { kind: 'failed', reason, suspect: answersItself ? 'activity' : 'host' };
}
