import { Injectable } from '@nestjs/common';
import { DataSource, type FindOptionsWhere, In, MoreThan, type Repository } from 'typeorm';
import { like } from '../database/like.js';
import { ConflictError, NotFoundError } from '../shared/domain-error.js';
import type { Page } from '../shared/page.js';
import { DeliveryDispatcher } from './delivery-dispatcher.js';
import { DeliveryHostEntity } from './delivery-host.entity.js';
import { DeliveryEntity, type DeliveryState } from './delivery.entity.js';
import type { DeliveryHostListQuery, DeliveryListQuery, HostState } from './dto/delivery-requests.js';

const ENDED: DeliveryState[] = ['refused', 'dropped'];
/** All that is of interest unless somebody asks for the rest. */
const UNDELIVERED: DeliveryState[] = ['waiting', ...ENDED];

const HOSTS_IN: Record<HostState, FindOptionsWhere<DeliveryHostEntity>> = {
  healthy: { paused: false, failures: 0 },
  failing: { paused: false, failures: MoreThan(0) },
  paused: { paused: true },
};

/** What an administrator sees of deliveries and does with them. */
@Injectable()
export class DeliveriesService {
  private readonly deliveries: Repository<DeliveryEntity>;
  private readonly hosts: Repository<DeliveryHostEntity>;

  constructor(
    dataSource: DataSource,
    private readonly dispatcher: DeliveryDispatcher,
  ) {
    this.deliveries = dataSource.getRepository(DeliveryEntity);
    this.hosts = dataSource.getRepository(DeliveryHostEntity);
  }

  /** Those with most failures first. */
  async listHosts({ state, search, start, count }: DeliveryHostListQuery): Promise<Page<DeliveryHostEntity>> {
    const query = this.hosts.createQueryBuilder('peer').where(state ? HOSTS_IN[state] : {});
    if (search) query.andWhere(...like('peer.host', 'search', search));
    query.orderBy('peer.failures', 'DESC').addOrderBy('peer.host', 'ASC').skip(start).take(count);
    const [data, total] = await query.getManyAndCount();
    return { total, data };
  }

  /** @throws NotFoundError */
  async host(host: string): Promise<DeliveryHostEntity> {
    const row = await this.hosts.findOneBy({ host });
    if (!row) throw new NotFoundError('Host');
    return row;
  }

  /** With their activities, in the order in which they are sent. */
  async list(host: string, { state, start, count }: DeliveryListQuery): Promise<Page<DeliveryEntity>> {
    const [data, total] = await this.deliveries.findAndCount({
      where: { host, state: state ?? In(UNDELIVERED) },
      relations: { activity: true },
      order: { id: 'ASC' },
      skip: start,
      take: count,
    });
    return { total, data };
  }

  /** Tries the host now, whatever its back-off says. @throws NotFoundError */
  async retryHost(host: string, { ended }: { ended: boolean }): Promise<void> {
    await this.host(host);
    if (ended) await this.putBack({ host });
    await this.wake(host);
  }

  /** Sends a delivery again that was refused or dropped. @throws NotFoundError, ConflictError */
  async retry(host: string, id: number): Promise<void> {
    const row = await this.deliveries.findOneBy({ id, host });
    if (!row) throw new NotFoundError('Delivery');
    if (!(await this.putBack({ id })))
      throw new ConflictError(
        `The delivery is ${row.state}: only a refused or dropped one can be sent again.`,
        'delivery_state',
      );
    await this.wake(host);
  }

  /** What is under way ends; the rest waits. @throws NotFoundError */
  async pause(host: string): Promise<void> {
    await this.host(host);
    await this.hosts.update({ host }, { paused: true, updatedAt: new Date() });
  }

  /** @throws NotFoundError */
  async resume(host: string): Promise<void> {
    await this.host(host);
    await this.hosts.update({ host }, { paused: false, updatedAt: new Date() });
    this.dispatcher.soon();
  }

  /** Gives up all that waits for the host. @throws NotFoundError */
  async drop(host: string): Promise<void> {
    await this.host(host);
    const now = new Date();
    await this.deliveries.update(
      { host, state: 'waiting' },
      { state: 'dropped', lastError: 'Dropped by an administrator.', finishedAt: now, updatedAt: now },
    );
  }

  private async putBack(which: FindOptionsWhere<DeliveryEntity>): Promise<boolean> {
    const now = new Date();
    const { affected } = await this.deliveries.update(
      { ...which, state: In(ENDED) },
      { state: 'waiting', waitingSince: now, attempts: 0, answered: 0, finishedAt: null, updatedAt: now },
    );
    return (affected ?? 0) > 0;
  }

  /** The failures stay counted: a try that fails is followed by the pause that is due after them. */
  private async wake(host: string): Promise<void> {
    await this.hosts.update({ host }, { nextAttemptAt: null, updatedAt: new Date() });
    this.dispatcher.soon();
  }
}
