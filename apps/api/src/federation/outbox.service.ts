import { Injectable } from '@nestjs/common';
import { hostOf } from '@vidiverse/federation';
import { type EntityManager, In } from 'typeorm';
import type { ActorEntity } from '../actors/actor.entity.js';
import { Config } from '../config/config.js';
import { afterCommit } from '../database/after-commit.js';
import { DatabaseBlocks } from '../moderation/database-blocks.js';
import type { Activity } from './activities.js';
import { DeliveryDispatcher } from './delivery-dispatcher.js';
import { DeliveryHostEntity } from './delivery-host.entity.js';
import { DeliveryEntity } from './delivery.entity.js';
import { OutboxActivityEntity } from './outbox-activity.entity.js';

/** Rows per statement. */
const BATCH = 500;

export interface OutgoingActivity {
  activity: Activity;
  /** The actor of ours that authored it and signs it. */
  actor: Pick<ActorEntity, 'id'>;
  inboxes: Iterable<string>;
}

interface Target {
  inboxUrl: string;
  host: string;
}

/** What is to be told to others, written in the transaction of the change that it tells: both happen, or neither. */
@Injectable()
export class OutboxService {
  private readonly ownHost: string | null;

  constructor(
    private readonly config: Config,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly blocks: DatabaseBlocks,
  ) {
    this.ownHost = hostOf(config.url);
  }

  /** Tells an activity of ours to these inboxes; our own, doubles and those of blocked servers are left out. */
  async send(manager: EntityManager, { activity, actor, inboxes }: OutgoingActivity): Promise<void> {
    const row = { activityUrl: activity.id, actorId: actor.id, body: JSON.stringify(activity) };
    await this.write(manager, row, inboxes);
  }

  /** Passes on what another server's actor signed, as it was received. */
  async forward(manager: EntityManager, rawBody: string, inboxes: Iterable<string>): Promise<void> {
    const { id } = JSON.parse(rawBody) as { id: string };
    await this.write(manager, { activityUrl: id, actorId: null, body: rawBody }, inboxes);
  }

  private async write(
    manager: EntityManager,
    activity: Pick<OutboxActivityEntity, 'activityUrl' | 'actorId' | 'body'>,
    inboxes: Iterable<string>,
  ): Promise<void> {
    const targets = await this.heard(manager, this.targets(inboxes));
    if (!this.config.federation.enabled || targets.length === 0) return;
    const now = new Date();
    const dates = { createdAt: now, updatedAt: now };
    const { id } = await manager.save(manager.create(OutboxActivityEntity, { ...activity, ...dates }));
    await this.makeHosts(manager, [...new Set(targets.map(({ host }) => host))].sort(), now);
    for (let start = 0; start < targets.length; start += BATCH) {
      const rows = targets.slice(start, start + BATCH).map((target) => ({
        ...target,
        ...dates,
        outboxActivityId: id,
        state: 'waiting' as const,
        waitingSince: now,
      }));
      await manager
        .createQueryBuilder()
        .insert()
        .into(DeliveryEntity)
        .values(rows)
        .updateEntity(false)
        .execute();
    }
    afterCommit(manager, () => this.dispatcher.soon());
  }

  private targets(inboxes: Iterable<string>): Target[] {
    return [...new Set(inboxes)].flatMap((inboxUrl) => {
      const host = hostOf(inboxUrl);
      return host === null || host === this.ownHost ? [] : [{ inboxUrl, host }];
    });
  }

  /** Without those of blocked servers. */
  private async heard(manager: EntityManager, targets: Target[]): Promise<Target[]> {
    const blocked = await this.blocks.among([...new Set(targets.map(({ host }) => host))], manager);
    return targets.filter(({ host }) => !blocked.has(host));
  }

  /** Sorted hosts: two transactions that add the same ones wait for each other instead of blocking each other. */
  private async makeHosts(manager: EntityManager, hosts: string[], now: Date): Promise<void> {
    for (let start = 0; start < hosts.length; start += BATCH) {
      const some = hosts.slice(start, start + BATCH);
      const known = await manager.find(DeliveryHostEntity, {
        select: { host: true },
        where: { host: In(some) },
      });
      const found = new Set(known.map(({ host }) => host));
      const rows = some
        .filter((host) => !found.has(host))
        .map((host) => ({ host, createdAt: now, updatedAt: now }));
      if (rows.length === 0) continue;
      await manager.createQueryBuilder().insert().into(DeliveryHostEntity).values(rows).orIgnore().execute();
    }
  }
}
