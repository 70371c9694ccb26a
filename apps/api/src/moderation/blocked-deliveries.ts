import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DeliveryEntity } from '../federation/delivery.entity.js';

/** What waits for servers that were blocked meanwhile. */
@Injectable()
export class BlockedDeliveries {
  async drop(manager: EntityManager, host: string): Promise<void> {
    const now = new Date();
    await manager.update(
      DeliveryEntity,
      { host, state: 'waiting' },
      { state: 'dropped', lastError: 'The server was blocked.', finishedAt: now, updatedAt: now },
    );
  }
}
