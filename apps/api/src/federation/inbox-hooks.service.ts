import { Injectable } from '@nestjs/common';
import { activityReceived, HookRegistry, type JsonObject } from '@vidiverse/hooks';
import { ActivityHeldError, ActivityRefusedError } from './activity-handlers.js';
import type { InboxActivityEntity } from './inbox-activity.entity.js';

/** What plugins say to activities of others. */
@Injectable()
export class InboxHooks {
  constructor(private readonly registry: HookRegistry) {}

  /** @throws ActivityRefusedError, ActivityHeldError */
  async assertWelcome({ activityUrl, type, actorUrl, host, document }: InboxActivityEntity): Promise<void> {
    if (!this.registry.hasHandlers(activityReceived)) return;
    const subject = { id: activityUrl, type, actorUrl, host, document: document as unknown as JsonObject };
    const verdict = await this.registry.guard(activityReceived, subject);
    if (verdict.decision === 'refuse')
      throw new ActivityRefusedError(`Refused by the plugin ${verdict.plugin}: ${verdict.reason}`);
    if (verdict.decision === 'hold')
      throw new ActivityHeldError(`Held by the plugin ${verdict.plugin}: ${verdict.reason}`);
  }
}
