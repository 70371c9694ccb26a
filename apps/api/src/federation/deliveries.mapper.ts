import type { DeliveryHostEntity } from './delivery-host.entity.js';
import type { DeliveryEntity } from './delivery.entity.js';
import type { DeliveryHostView, DeliveryView } from './dto/delivery-views.js';

/** What there is for a host. */
export interface DeliveryCounts {
  waiting: number;
  waitingSince: Date | null;
  refused: number;
  dropped: number;
}

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function toDeliveryHostView(row: DeliveryHostEntity, counts: DeliveryCounts): DeliveryHostView {
  const { host, paused, failures, lastError } = row;
  return {
    host,
    state: paused ? 'paused' : failures > 0 ? 'failing' : 'healthy',
    ...counts,
    waitingSince: iso(counts.waitingSince),
    failures,
    failingSince: iso(row.failingSince),
    nextAttemptAt: iso(row.nextAttemptAt),
    lastSuccessAt: iso(row.lastSuccessAt),
    lastError,
  };
}

/** Its activity must be loaded. */
export function toDeliveryView(row: DeliveryEntity): DeliveryView {
  const { body, signedBody, activityUrl } = row.activity!;
  const json = JSON.parse(signedBody ?? body) as Record<string, unknown>;
  return {
    id: row.id,
    state: row.state,
    inboxUrl: row.inboxUrl,
    activity: { id: activityUrl, type: String(json.type), json },
    attempts: row.attempts,
    reason: row.lastError,
    waitingSince: row.waitingSince.toISOString(),
    finishedAt: iso(row.finishedAt),
  };
}
