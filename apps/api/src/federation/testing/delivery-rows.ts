import type { DataSource } from 'typeorm';
import { ActorEntity } from '../../actors/actor.entity.js';
import { FollowEntity } from '../../following/follow.entity.js';
import { hashUrl } from '../../shared/hash-url.js';
import { DeliveryHostEntity } from '../delivery-host.entity.js';
import { DeliveryEntity } from '../delivery.entity.js';
import { OutboxActivityEntity } from '../outbox-activity.entity.js';

export interface NewRow {
  host: string;
  inboxUrl: string;
  waitingSince?: Date;
  /** Of an outbox activity that is there already. */
  activityId?: number;
}

export interface NewFollower {
  host: string;
  inboxUrl: string;
  /** `https://<host>/inbox` unless it says otherwise. */
  sharedInboxUrl?: string | null;
  state?: FollowEntity['state'];
}

/** Rows of the outbox and of followers, written as they are. */
export function deliveryRows(dataSource: DataSource) {
  const { manager } = dataSource;
  let target: Promise<ActorEntity> | undefined;

  async function enqueue({ host, inboxUrl, waitingSince = new Date(), activityId }: NewRow) {
    const now = new Date();
    const dates = { createdAt: now, updatedAt: now };
    const fields = { activityUrl: 'https://ours.example/activities/1', actorId: null, body: '{}' };
    const id = activityId ?? (await manager.save(manager.create(OutboxActivityEntity, fields))).id;
    await manager
      .createQueryBuilder()
      .insert()
      .into(DeliveryHostEntity)
      .values({ host, ...dates })
      .orIgnore()
      .execute();
    const row = { outboxActivityId: id, host, inboxUrl, waitingSince, state: 'waiting' as const };
    const delivery = await manager.save(manager.create(DeliveryEntity, row));
    return { id: delivery.id, activityId: id };
  }

  function actor(url: string, fields: Partial<ActorEntity>): Promise<ActorEntity> {
    const common = {
      url,
      urlHash: hashUrl(url),
      type: 'Person' as const,
      username: 'somebody',
      publicKey: '',
    };
    return manager.save(manager.create(ActorEntity, { ...common, ...fields }));
  }

  /** An actor of ours that everybody follows. */
  const followed = () =>
    (target ??= actor('https://ours.example/accounts/us', {
      inboxUrl: 'https://ours.example/accounts/us/inbox',
    }));

  /** Answers the id of the follower. */
  async function follow({
    host,
    inboxUrl,
    sharedInboxUrl = `https://${host}/inbox`,
    state = 'accepted',
  }: NewFollower) {
    const follower = await actor(inboxUrl.replace(/\/inbox$/, ''), { host, inboxUrl, sharedInboxUrl });
    const { id: targetId } = await followed();
    const row = { followerId: follower.id, targetId, state, activityUrl: `${follower.url}/follows/1` };
    await manager.save(manager.create(FollowEntity, row));
    return follower.id;
  }

  async function empty(): Promise<void> {
    for (const entity of [DeliveryEntity, OutboxActivityEntity, DeliveryHostEntity])
      await manager.createQueryBuilder().delete().from(entity).execute();
  }

  const followerIds = async () => (await manager.find(FollowEntity)).map(({ followerId }) => followerId);

  return { enqueue, actor, followed, follow, followerIds, empty };
}
