import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, Not } from 'typeorm';
import { Config } from '../config/config.js';
import { Sweeper } from '../shared/sweeper.js';
import { InboxActivityEntity } from './inbox-activity.entity.js';
import { TombstoneEntity } from './tombstone.entity.js';

/** Rows per statement. */
const BATCH = 500;
/** Milliseconds. */
const INTERVAL = 10 * 60_000;

/**
 * Forgets activities that were handled long ago: longer than others may hand them on, so that none can come again. Those
 * that failed stay until somebody decides, and so do the tombstones of deleted objects.
 */
@Injectable()
export class InboxSweeper extends Sweeper {
  protected readonly logger = new Logger('Inbox');

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  protected interval(): number {
    return Math.min(INTERVAL, this.keep);
  }

  async sweep(): Promise<void> {
    await this.forgetHandled();
    const { keepUndone } = this.config.federation.inbox;
    const endedAt = LessThan(new Date(Date.now() - Math.max(keepUndone, this.keep)));
    await this.dataSource.getRepository(TombstoneEntity).delete({ actorUrl: Not(IsNull()), endedAt });
  }

  private async forgetHandled(): Promise<void> {
    const activities = this.dataSource.getRepository(InboxActivityEntity);
    const handled = {
      state: In(['applied', 'refused']),
      finishedAt: LessThan(new Date(Date.now() - this.keep)),
    };
    for (let found = BATCH; found === BATCH;) {
      const rows = await activities.find({ select: { id: true }, where: handled, take: BATCH });
      if (rows.length > 0) await activities.delete({ id: In(rows.map(({ id }) => id)), ...handled });
      found = rows.length;
    }
  }

  /** Milliseconds. */
  private get keep(): number {
    const { keepFinished, maxForwardedAge, clockSkew } = this.config.federation.inbox;
    return Math.max(keepFinished, maxForwardedAge + 2 * clockSkew);
  }
}
