import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { Config } from '../config/config.js';
import { Sweeper } from '../shared/sweeper.js';
import { DeliveryEntity, type DeliveryState } from './delivery.entity.js';
import { OutboxActivityEntity } from './outbox-activity.entity.js';

/** Rows per statement. */
const BATCH = 500;
/** Milliseconds. */
const INTERVAL = 10 * 60_000;

/** Forgets deliveries that ended long ago, and activities that no delivery needs any more. */
@Injectable()
export class DeliverySweeper extends Sweeper {
  protected readonly logger = new Logger('Deliveries');

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  protected interval(): number {
    return Math.min(INTERVAL, this.config.federation.delivery.keepDelivered);
  }

  async sweep(): Promise<void> {
    const { keepDelivered, keepEnded } = this.config.federation.delivery;
    await this.forget(['delivered'], keepDelivered);
    await this.forget(['refused', 'dropped'], keepEnded);
  }

  private async forget(states: DeliveryState[], keep: number): Promise<void> {
    const old: FindOptionsWhere<DeliveryEntity> = {
      state: In(states),
      finishedAt: LessThan(new Date(Date.now() - keep)),
    };
    for (let found = BATCH; found === BATCH;) {
      found = await this.dataSource.transaction(async (manager) => {
        const rows = await manager.find(DeliveryEntity, {
          select: { id: true, outboxActivityId: true },
          where: old,
          take: BATCH,
        });
        if (rows.length === 0) return 0;
        await manager.delete(DeliveryEntity, { id: In(rows.map(({ id }) => id)), ...old });
        const ids = [...new Set(rows.map(({ outboxActivityId }) => outboxActivityId))];
        const kept = await manager.find(DeliveryEntity, {
          select: { outboxActivityId: true },
          where: { outboxActivityId: In(ids) },
        });
        const needed = new Set(kept.map(({ outboxActivityId }) => outboxActivityId));
        const unneeded = ids.filter((id) => !needed.has(id));
        if (unneeded.length > 0) await manager.delete(OutboxActivityEntity, { id: In(unneeded) });
        return rows.length;
      });
    }
  }
}
