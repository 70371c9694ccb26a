import type { DeliveryHost } from '../api/federation-types';
import { formatAgo, plural } from './index';

/** How deliveries to a host are going, in a sentence. */
export function hostStatus(host: DeliveryHost): string {
  const { waiting, waitingSince, lastSuccessAt } = host;
  if (waiting > 0 && waitingSince)
    return `${plural(waiting, 'delivery', 'deliveries')} waiting, the oldest from ${formatAgo(waitingSince)}.`;
  return lastSuccessAt ? `Nothing waits. Last success ${formatAgo(lastSuccessAt)}.` : 'Nothing waits.';
}

/** Why it is not going well, and what comes next; null when it is. */
export function hostTrouble(host: DeliveryHost): string | null {
  const { failures, failingSince, lastError } = host;
  if (failures === 0) return null;
  const since = failingSince ? `, ${failures === 1 ? '' : 'first '}${formatAgo(failingSince)}` : '';
  const failed = failures === 1 ? 'The last try failed' : `Failed ${failures} times in a row`;
  return `${failed}${since}: ${lastError ?? 'no reason is known'}`;
}

/** When it is tried next. */
export function nextTry({ state, waiting, nextAttemptAt }: DeliveryHost, now = Date.now()): string | null {
  if (state === 'paused') return 'Paused: nothing is sent until you resume.';
  if (waiting === 0 || !nextAttemptAt) return null;
  const ms = new Date(nextAttemptAt).getTime() - now;
  if (ms <= 0) return 'Tried right now.';
  return ms < 60_000 ? 'Next try within a minute.' : `Next try ${formatAgo(nextAttemptAt, now)}.`;
}
