import { Injectable } from '@nestjs/common';
import { DataSource, In, type Repository } from 'typeorm';
import type { DeliveryCounts } from './deliveries.mapper.js';
import { DeliveryEntity, type DeliveryState } from './delivery.entity.js';

const NOTHING: DeliveryCounts = { waiting: 0, waitingSince: null, refused: 0, dropped: 0 };

interface CountRow {
  host: string;
  state: Exclude<DeliveryState, 'delivered'>;
  count: number | string;
  oldest: number;
}

/** Counts what there is for hosts. */
@Injectable()
export class DeliveryCountsService {
  private readonly deliveries: Repository<DeliveryEntity>;

  constructor(dataSource: DataSource) {
    this.deliveries = dataSource.getRepository(DeliveryEntity);
  }

  /** For each of these hosts. */
  async of(hosts: string[]): Promise<(host: string) => DeliveryCounts> {
    const counts = new Map<string, DeliveryCounts>();
    const rows = hosts.length === 0 ? [] : await this.rows(hosts);
    const since = await this.waitingSince(
      rows.filter(({ state }) => state === 'waiting').map(({ oldest }) => oldest),
    );
    for (const { host, state, count } of rows) {
      const known = counts.get(host) ?? NOTHING;
      counts.set(host, { ...known, [state]: Number(count), waitingSince: since.get(host) ?? null });
    }
    return (host) => counts.get(host) ?? NOTHING;
  }

  /** From the index alone: a host that is down has very many. */
  private rows(hosts: string[]): Promise<CountRow[]> {
    return this.deliveries
      .createQueryBuilder('delivery')
      .select('delivery.host', 'host')
      .addSelect('delivery.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .addSelect('MIN(delivery.id)', 'oldest')
      .where('delivery.host IN (:...hosts) AND delivery.state IN (:...states)', {
        hosts,
        states: ['waiting', 'refused', 'dropped'],
      })
      .groupBy('delivery.host')
      .addGroupBy('delivery.state')
      .getRawMany<CountRow>();
  }

  private async waitingSince(ids: number[]): Promise<Map<string, Date>> {
    const rows = await this.deliveries.find({
      select: { host: true, waitingSince: true },
      where: { id: In(ids) },
    });
    return new Map(rows.map(({ host, waitingSince }) => [host, waitingSince]));
  }
}
