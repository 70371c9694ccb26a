import { Injectable } from '@nestjs/common';
import { type Activity, DocumentRefusedError, readActivity } from '@vidiverse/federation';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import { type Outcome, refused } from './activity-handlers.js';
import { InboxActivityEntity } from './inbox-activity.entity.js';
import { bury, isBuried } from './tombstones.js';

/** Says what they tell of an object: nothing of it is heard any more once it is deleted. */
const OF_OBJECTS: ReadonlySet<string> = new Set(['Create', 'Update', 'Announce']);
/** Ends what they name. */
const ENDINGS: ReadonlySet<string> = new Set(['Undo', 'Delete']);

/** The rows of activities, and how each is ended exactly once. */
@Injectable()
export class ReceivedActivities {
  constructor(private readonly dataSource: DataSource) {}

  /** Null when it has ended already. */
  find(id: number): Promise<InboxActivityEntity | null> {
    return this.dataSource.getRepository(InboxActivityEntity).findOneBy({ id, state: 'received' });
  }

  /** In our types; the reason when it cannot be read. */
  read({ document }: InboxActivityEntity): Activity | Outcome {
    try {
      return readActivity(document) ?? refused('Not understood: nothing here reads this type.');
    } catch (error) {
      if (error instanceof DocumentRefusedError) return refused(`Not understood: ${error.message}.`);
      throw error;
    }
  }

  /**
   * `effect` and the end of the activity in one transaction. What comes too late has no effect; what ends something is noted
   * in any case, since that may come later than this.
   */
  async settle(
    row: InboxActivityEntity,
    activity: Activity | null,
    effect: (manager: EntityManager) => Promise<Outcome>,
  ): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      // Locks the row, and on SQLite the database: what is read from here on stays true.
      const waiting = { id: row.id, state: 'received' as const };
      const { affected } = await manager.update(InboxActivityEntity, waiting, { updatedAt: new Date() });
      // Another process has done it: this one lost its lease.
      if (affected !== 1) return;
      const outcome = (activity && (await this.lateness(manager, row, activity))) ?? (await effect(manager));
      if (activity && ENDINGS.has(activity.type)) await this.noteEnd(manager, row, activity);
      await this.end(manager, row.id, outcome);
    });
  }

  /** It is not tried again, unless an administrator wants it. */
  async fail({ id }: InboxActivityEntity, reason: string): Promise<void> {
    const now = new Date();
    const changes = { state: 'failed' as const, reason, finishedAt: now, updatedAt: now };
    await this.dataSource.getRepository(InboxActivityEntity).update({ id, state: 'received' }, changes);
  }

  private async end(manager: EntityManager, id: number, outcome: Outcome): Promise<void> {
    const now = new Date();
    const reason = outcome.state === 'refused' ? outcome.reason : null;
    const changes = { state: outcome.state, reason, finishedAt: now, updatedAt: now };
    await manager.update(InboxActivityEntity, { id }, changes);
  }

  private async lateness(
    manager: EntityManager,
    { activityUrl, actorUrl: by, issuedAt: at }: InboxActivityEntity,
    activity: Activity,
  ): Promise<Outcome | null> {
    if (await isBuried(manager, { url: activityUrl, by, at }))
      return refused('Too late: it was undone before.');
    if (!OF_OBJECTS.has(activity.type) || !('object' in activity)) return null;
    const isDeleted = await isBuried(manager, { url: activity.object, by, at });
    return isDeleted ? refused('Too late: its object was deleted before.') : null;
  }

  /** For this actor's activities only: whether the actor had the right is for the handler to see. */
  private async noteEnd(
    manager: EntityManager,
    { actorUrl: by, issuedAt: at }: InboxActivityEntity,
    activity: Activity,
  ): Promise<void> {
    if ('object' in activity) await bury(manager, { url: activity.object, by, at });
  }
}
