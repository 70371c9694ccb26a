import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { addUser, administratorOf, type InstanceClient, visitorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { addDelivery, createToldHost, type ToldHost } from '../support/told-host.js';
import { until } from '../support/uploads.js';

const QUICK = {
  VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
  VIDIVERSE_JOBS_POLL_INTERVAL: '50',
  VIDIVERSE_FEDERATION_DELIVERY_SWEEP_INTERVAL: '50',
  // Nothing is tried again by itself while a test looks.
  VIDIVERSE_FEDERATION_DELIVERY_FIRST_DELAY: '600000',
  VIDIVERSE_FEDERATION_DELIVERY_SET_ASIDE_AFTER: '1',
};

const LIMIT = 300_000;

describe('deliveries, as an administrator sees and steers them', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let told: ToldHost;
  let count = 0;

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK });
    administrator = await administratorOf(instance);
  });
  afterAll(() => instance.close());
  beforeEach(async () => {
    told = await createToldHost();
  });
  afterEach(() => told.close());

  const activity = () => `https://ours.example/activities/${++count}`;
  const add = (id = activity(), host = told) => addDelivery(instance.nest.get(DataSource), host, id);
  const hostView = async () => (await administrator.deliveries(told.host)).host;
  const untilState = (state: string) =>
    until(async () => (await hostView()).state === state, `the host is ${state}`, LIMIT);
  const untilTaken = (number: number) =>
    until(
      async () => told.taken.length === number && (await hostView()).waiting === 0,
      'all was taken',
      LIMIT,
    );

  /** A host that answers 502 and has been tried once, with so many deliveries that wait. */
  async function failing(deliveries: number): Promise<string[]> {
    told.status = 502;
    const ids = Array.from({ length: deliveries }, activity);
    for (const id of ids) await add(id);
    await untilState('failing');
    return ids;
  }

  test('a host that takes everything is healthy, and has nothing to show', async () => {
    await add();
    await untilTaken(1);
    const { host, total } = await administrator.deliveries(told.host);
    expect(host).toMatchObject({ state: 'healthy', waiting: 0, waitingSince: null, failures: 0 });
    expect(host.lastError).toBeNull();
    expect(Date.parse(host.lastSuccessAt!)).toBeGreaterThan(0);
    expect(total).toBe(0);
    expect((await administrator.deliveries(told.host, { state: 'delivered' })).total).toBe(1);
  });

  test('a host that fails says what waits, since when, how often it failed, why, and when it is tried again', async () => {
    const ids = await failing(2);
    const { host, total, data } = await administrator.deliveries(told.host);
    const reason = 'It answered 502 Bad Gateway.';
    expect(host).toMatchObject({ waiting: 2, failures: 1, lastError: reason, lastSuccessAt: null });
    expect(host.waitingSince).toBe(data[0]!.waitingSince);
    expect(Date.parse(host.nextAttemptAt!)).toBeGreaterThan(Date.now() + 60_000);
    expect(Date.parse(host.failingSince!)).toBeLessThanOrEqual(Date.now());
    expect(total).toBe(2);
    expect(data.map(({ activity: { id } }) => id)).toEqual(ids);
    expect(data[0]).toMatchObject({ state: 'waiting', attempts: 1, reason, finishedAt: null });
    expect(data[0]!.activity).toMatchObject({ type: 'Like', json: { id: ids[0], type: 'Like' } });
    expect((await administrator.deliveries(told.host, { start: 1, count: 1 })).data).toEqual([data[1]]);
  });

  test('hosts are listed by state and by a part of their name, those with failures first', async () => {
    await failing(1);
    const dead = told;
    told = await createToldHost();
    try {
      await add();
      await untilTaken(1);
      const find = async (query: Record<string, string>) =>
        (await administrator.deliveryHosts({ count: 100, ...query })).data.map(({ host }) => host);
      const all = await find({});
      expect(all.indexOf(dead.host)).toBeLessThan(all.indexOf(told.host));
      expect(await find({ search: told.host })).toEqual([told.host]);
      expect(await find({ state: 'failing' })).toContain(dead.host);
      expect(await find({ state: 'failing' })).not.toContain(told.host);
      expect(await find({ state: 'healthy' })).toContain(told.host);
      expect(await find({ state: 'paused' })).not.toContain(told.host);
    } finally {
      await dead.close();
    }
  });

  test('a host is tried at once when it is asked for', async () => {
    const ids = await failing(2);
    told.status = 202;
    await administrator.retryDeliveries(told.host);
    await untilTaken(2);
    expect(told.taken).toEqual(ids);
  });

  test('a paused host gets nothing until it is resumed, also when it is asked for', async () => {
    await add();
    await untilTaken(1);
    await administrator.pauseDeliveries(told.host);
    await add();
    await administrator.retryDeliveries(told.host);
    // Something that is told later to somebody else arrives first.
    const other = await createToldHost();
    try {
      await add(activity(), other);
      await until(async () => other.taken.length === 1, 'the other host got it', LIMIT);
    } finally {
      await other.close();
    }
    expect(told.taken).toHaveLength(1);
    expect(await hostView()).toMatchObject({ state: 'paused', waiting: 1 });
    await administrator.resumeDeliveries(told.host);
    await untilTaken(2);
  });

  test('what waits is dropped, and can be sent again', async () => {
    const ids = await failing(2);
    await administrator.dropDeliveries(told.host);
    expect(await hostView()).toMatchObject({ waiting: 0, dropped: 2 });
    const { data } = await administrator.deliveries(told.host, { state: 'dropped' });
    expect(data.map(({ reason }) => reason)).toEqual(Array(2).fill('Dropped by an administrator.'));
    told.status = 202;
    await administrator.retryDeliveries(told.host);
    await administrator.retryDeliveries(told.host, { ended: true });
    await untilTaken(2);
    expect(told.taken).toEqual(ids);
  });

  test('a single one that was refused is sent again', async () => {
    told.status = 403;
    const id = await add();
    await until(async () => (await hostView()).refused === 1, 'it is refused', LIMIT);
    told.status = 202;
    await administrator.retryDelivery(told.host, id);
    await untilTaken(1);
    await expect(administrator.retryDelivery(told.host, id)).rejects.toMatchObject({
      status: 409,
      problem: { code: 'delivery_state' },
    });
  });

  test('what is not there is not found', async () => {
    const nowhere = 'nowhere.example';
    const notFound = { status: 404, problem: { code: 'not_found' } };
    await expect(administrator.deliveries(nowhere)).rejects.toMatchObject(notFound);
    await expect(administrator.pauseDeliveries(nowhere)).rejects.toMatchObject(notFound);
    await expect(administrator.resumeDeliveries(nowhere)).rejects.toMatchObject(notFound);
    await expect(administrator.retryDeliveries(nowhere)).rejects.toMatchObject(notFound);
    await expect(administrator.dropDeliveries(nowhere)).rejects.toMatchObject(notFound);
    await expect(administrator.retryDelivery(nowhere, 1)).rejects.toMatchObject(notFound);
  });

  test('nobody else sees or steers anything', async () => {
    const id = await add();
    await untilTaken(1);
    const user = await addUser(administrator, 'somebody');
    for (const [client, status] of [
      [visitorOf(instance), 401],
      [user, 403],
    ] as const) {
      const refused = { status };
      await expect(client.deliveryHosts()).rejects.toMatchObject(refused);
      await expect(client.deliveries(told.host)).rejects.toMatchObject(refused);
      await expect(client.pauseDeliveries(told.host)).rejects.toMatchObject(refused);
      await expect(client.resumeDeliveries(told.host)).rejects.toMatchObject(refused);
      await expect(client.retryDeliveries(told.host)).rejects.toMatchObject(refused);
      await expect(client.dropDeliveries(told.host)).rejects.toMatchObject(refused);
      await expect(client.retryDelivery(told.host, id)).rejects.toMatchObject(refused);
    }
  });
});
