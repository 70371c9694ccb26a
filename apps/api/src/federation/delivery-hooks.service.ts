import { Injectable } from '@nestjs/common';
import type { CourierAnswer, WaitingDelivery } from '@vidiverse/federation';
import { deliveryDue, HookRegistry, type JsonObject } from '@vidiverse/hooks';

/** What plugins say to activities of ours on their way out. */
@Injectable()
export class DeliveryHooks {
  constructor(private readonly registry: HookRegistry) {}

  /** What becomes of a try that plugins do not want; null when it may be made. */
  async objection(delivery: WaitingDelivery, body: Buffer): Promise<CourierAnswer | null> {
    if (!this.registry.hasHandlers(deliveryDue)) return null;
    const { id, host, inboxUrl, waitingSince, attempts } = delivery;
    const activity = JSON.parse(body.toString('utf8')) as JsonObject;
    const verdict = await this.registry.guard(deliveryDue, {
      id,
      activityUrl: String(activity.id),
      type: String(activity.type),
      host,
      inboxUrl,
      waitingSince: waitingSince.toISOString(),
      attempts,
      activity,
    });
    if (verdict.decision === 'allow') return null;
    const { decision, plugin, reason } = verdict;
    return decision === 'refuse'
      ? { kind: 'unsendable', reason: `Refused by the plugin ${plugin}: ${reason}` }
      : { kind: 'unreachable', reason: `Held by the plugin ${plugin}: ${reason}` };
  }
}
