import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { openTestDatabase, type TestDatabase } from '../database/testing/open-test-database.js';
import { DeliveryEntity } from './delivery.entity.js';
import { DeliverySweeper } from './delivery-sweeper.js';
import { OutboxActivityEntity } from './outbox-activity.entity.js';
import { deliveryRows } from './testing/delivery-rows.js';
import { TypeOrmDeliveryStore } from './typeorm-delivery-store.js';

const DAY = 24 * 3600_000;

describe('deliveries that ended', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.drop());

  test('are forgotten after their time, activities with their last delivery', async () => {
    const { dataSource, environment } = database;
    const { enqueue } = deliveryRows(dataSource);
    const store = new TypeOrmDeliveryStore(dataSource);
    const ago = (days: number) => new Date(Date.now() - days * DAY);
    const add = (activityId?: number) =>
      enqueue({ host: 'peer.example', inboxUrl: 'https://peer.example/inbox', activityId });

    const arrived = await add();
    const [shared, stillWaiting] = [await add(), await add()];
    const refusedOfShared = await add(stillWaiting.activityId);
    const refused = await add();
    await store.markDelivered(arrived.id, ago(2));
    await store.markDelivered(shared.id, ago(0));
    await store.giveUp(refusedOfShared.id, 'refused', 'no', ago(31));
    await store.giveUp(refused.id, 'dropped', 'no', ago(2));

    await new DeliverySweeper(loadConfig(environment), dataSource).sweep();
    const ids = async (entity: typeof DeliveryEntity | typeof OutboxActivityEntity) =>
      (await dataSource.getRepository(entity).find({ order: { id: 'ASC' } })).map(({ id }) => id);
    expect(await ids(DeliveryEntity)).toEqual([shared.id, stillWaiting.id, refused.id]);
    expect(await ids(OutboxActivityEntity)).toEqual([
      shared.activityId,
      stillWaiting.activityId,
      refused.activityId,
    ]);
  });
});
