import { Injectable, type OnModuleInit } from '@nestjs/common';
import { setImmediate as others } from 'node:timers/promises';
import { type Activity, FederationError, FetchBudget, RemoteError } from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';
import { RemoteActors } from '../actors/remote-actors.service.js';
import { Config } from '../config/config.js';
import { JobQueue, type RunningJob } from '../jobs/job-queue.js';
import { DomainError } from '../shared/domain-error.js';
import { ActivityHandlers, ActivityRefusedError, type Outcome, refused } from './activity-handlers.js';
import type { InboxActivityEntity } from './inbox-activity.entity.js';
import { InboxHooks } from './inbox-hooks.service.js';
import { receiveJob } from './receive-job-kind.js';
import { ReceivedActivities } from './received-activities.js';

/** Brings each recorded activity to its handler, until it is applied, refused, or has failed too often. */
@Injectable()
export class ReceiveJob implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly activities: ReceivedActivities,
    private readonly handlers: ActivityHandlers,
    private readonly actors: RemoteActors,
    private readonly hooks: InboxHooks,
  ) {}

  onModuleInit(): void {
    this.queue.process(receiveJob(this.config), (job) => this.run(job));
  }

  private async run({ payload: { id }, attempts, signal }: RunningJob<{ id: number }>): Promise<void> {
    // SQLite answers without letting anybody else have a turn, and there may be many activities.
    await others();
    const row = await this.activities.find(id);
    if (!row) return;
    const activity = this.activities.read(row);
    if ('state' in activity) return this.activities.settle(row, null, () => Promise.resolve(activity));
    try {
      await this.receive(row, activity, signal);
    } catch (error) {
      const reason = refusalOf(error);
      if (reason !== null)
        return this.activities.settle(row, activity, () => Promise.resolve(refused(reason)));
      if (!signal.aborted && attempts + 1 >= this.config.federation.inbox.attempts)
        await this.activities.fail(row, (error as Error).message);
      throw error;
    }
  }

  private async receive(row: InboxActivityEntity, activity: Activity, signal: AbortSignal): Promise<void> {
    await this.hooks.assertWelcome(row);
    const budget = new FetchBudget();
    const actor = await this.actorOf(row, budget, signal);
    if (actor.deletedAt) throw new ActivityRefusedError('Its actor was deleted.');
    const handler = await this.handlers.find(activity);
    const prepared = await handler?.prepare?.(activity, { actor, budget, signal });
    await others();
    await this.activities.settle(row, activity, async (manager): Promise<Outcome> => {
      if (!handler) return refused('Not understood: nothing here is concerned.');
      return handler.handle(activity, { actor, manager, row }, prepared);
    });
  }

  /** As known since its key was needed; what may have changed of it is for those who show it. */
  private async actorOf(
    { actorUrl }: InboxActivityEntity,
    budget: FetchBudget,
    signal: AbortSignal,
  ): Promise<ActorEntity> {
    return (
      (await this.actors.knownByUrl(actorUrl)) ?? (await this.actors.byUrl(actorUrl, { budget, signal }))
    );
  }
}

/** Why trying again would change nothing; null when it may. */
function refusalOf(error: unknown): string | null {
  if (error instanceof ActivityRefusedError) return error.message;
  if (error instanceof RemoteError) return error.retryable ? null : error.message;
  const isFinal = (error instanceof FederationError || error instanceof DomainError) && error.status < 500;
  return isFinal ? error.message : null;
}
