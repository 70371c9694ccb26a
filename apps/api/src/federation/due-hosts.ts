import { Injectable } from '@nestjs/common';
import { Brackets, DataSource } from 'typeorm';
import { DeliveryHostEntity } from './delivery-host.entity.js';
import { DeliveryEntity } from './delivery.entity.js';

export interface DueHost {
  host: string;
  failures: number;
}

/** The hosts that something waits for and that may be asked now. */
@Injectable()
export class DueHosts {
  constructor(private readonly dataSource: DataSource) {}

  list(now = new Date()): Promise<DueHost[]> {
    return this.dataSource
      .createQueryBuilder(DeliveryHostEntity, 'peer')
      .where('peer.paused = :paused', { paused: false })
      .andWhere(
        new Brackets((or) =>
          or.where('peer.nextAttemptAt IS NULL').orWhere('peer.nextAttemptAt <= :now', { now }),
        ),
      )
      .andWhere((query) => {
        const some = query.subQuery().select('1').from(DeliveryEntity, 'delivery');
        return `EXISTS ${some.where("delivery.host = peer.host AND delivery.state = 'waiting'").getQuery()}`;
      })
      .orderBy('peer.failures', 'ASC')
      .getMany();
  }
}
