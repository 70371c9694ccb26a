import { Injectable } from '@nestjs/common';
import {
  DeliveryStore,
  type DeliveryHost,
  type GivenUp,
  type HostHealth,
  type WaitingDelivery,
} from '@vidiverse/federation';
import { DataSource, type EntityManager, In, LessThan, type Repository } from 'typeorm';
import { ActorEntity } from '../actors/actor.entity.js';
import { FollowEntity } from '../following/follow.entity.js';
import { DeliveryHostEntity } from './delivery-host.entity.js';
import { DeliveryEntity } from './delivery.entity.js';

/** Rows per statement. */
const BATCH = 500;

const waiting = { state: 'waiting' as const };

/** The port on the tables `deliveries` and `delivery_hosts`. */
@Injectable()
export class TypeOrmDeliveryStore extends DeliveryStore {
  private readonly deliveries: Repository<DeliveryEntity>;
  private readonly hosts: Repository<DeliveryHostEntity>;

  constructor(private readonly dataSource: DataSource) {
    super();
    this.deliveries = dataSource.getRepository(DeliveryEntity);
    this.hosts = dataSource.getRepository(DeliveryHostEntity);
  }

  async host(host: string): Promise<DeliveryHost | null> {
    const row = await this.hosts.findOneBy({ host });
    if (!row) return null;
    const { createdAt: _, updatedAt: __, ...state } = row;
    return { ...state };
  }

  async saveHealth(host: string, health: HostHealth): Promise<void> {
    await this.hosts.update({ host }, { ...health, updatedAt: new Date() });
  }

  async oldestWaiting(host: string, count: number): Promise<WaitingDelivery[]> {
    const rows = await this.deliveries.find({
      where: { host, ...waiting },
      order: { id: 'ASC' },
      take: count,
    });
    return rows.map(({ id, inboxUrl, outboxActivityId, waitingSince, attempts, answered }) => ({
      id,
      host,
      inboxUrl,
      activityId: outboxActivityId,
      waitingSince,
      attempts,
      answered,
    }));
  }

  async markDelivered(id: number, at: Date): Promise<void> {
    const changes = { state: 'delivered' as const, lastError: null, finishedAt: at, updatedAt: at };
    await this.deliveries.update({ id, ...waiting }, changes);
  }

  async markFailed(id: number, { reason, answered }: { reason: string; answered: boolean }): Promise<void> {
    await this.deliveries.update(
      { id, ...waiting },
      {
        attempts: () => 'attempts + 1',
        ...(answered && { answered: () => 'answered + 1' }),
        lastError: reason,
        updatedAt: new Date(),
      },
    );
  }

  async giveUp(id: number, as: GivenUp, reason: string, at: Date): Promise<void> {
    await this.end(this.dataSource.manager, [id], as, reason, at);
  }

  /** Also ends the follows of those who read this inbox: nobody is there to be told any more. */
  async inboxGone(host: string, inboxUrl: string, reason: string, at: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const rows = await manager.find(DeliveryEntity, {
        select: { id: true, inboxUrl: true },
        where: { host, inboxUrl, ...waiting },
      });
      // MySQL compares without regard to case.
      const ids = rows.filter((row) => row.inboxUrl === inboxUrl).map(({ id }) => id);
      await this.end(manager, ids, 'dropped', reason, at);
      await this.removeFollowers(manager, host, inboxUrl);
    });
  }

  async dropOlder(host: string, before: Date, reason: string, at: Date): Promise<void> {
    const old = { host, ...waiting, waitingSince: LessThan(before) };
    await this.deliveries.update(old, ended('dropped', reason, at));
  }

  private async end(
    manager: EntityManager,
    ids: number[],
    as: GivenUp,
    reason: string,
    at: Date,
  ): Promise<void> {
    for (let start = 0; start < ids.length; start += BATCH) {
      const some = { id: In(ids.slice(start, start + BATCH)), ...waiting };
      await manager.update(DeliveryEntity, some, ended(as, reason, at));
    }
  }

  private async removeFollowers(manager: EntityManager, host: string, inboxUrl: string): Promise<void> {
    const actors = await manager.find(ActorEntity, {
      select: { id: true, inboxUrl: true, sharedInboxUrl: true },
      where: [
        { host, inboxUrl },
        { host, sharedInboxUrl: inboxUrl },
      ],
    });
    const ids = actors
      .filter((actor) => actor.inboxUrl === inboxUrl || actor.sharedInboxUrl === inboxUrl)
      .map(({ id }) => id);
    for (let start = 0; start < ids.length; start += BATCH)
      await manager.delete(FollowEntity, { followerId: In(ids.slice(start, start + BATCH)) });
  }
}

const ended = (state: GivenUp, reason: string, at: Date) => ({
  state,
  lastError: reason,
  finishedAt: at,
  updatedAt: at,
});
