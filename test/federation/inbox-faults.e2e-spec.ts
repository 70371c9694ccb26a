import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administratorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { beginOutage } from '../support/database-outage.js';
import { createTestDatabase } from '../support/databases.js';
import { Peer, post } from '../support/peer.js';
import { createServerProcess, type ServerProcess } from '../support/server-process.js';
import { until } from '../support/uploads.js';

const LIMIT = 300_000;
const QUICK = {
  VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
  VIDIVERSE_JOBS_POLL_INTERVAL: '50',
  VIDIVERSE_JOBS_LEASE: '2',
};

describe('an inbox in trouble', () => {
  let peer: Peer;
  let ada: string;

  beforeAll(async () => {
    peer = await Peer.open();
    ada = await peer.actor('ada');
  });
  afterAll(() => peer.close());
  const like = () =>
    peer.activity({ type: 'Like', actor: ada, object: 'https://here.example/videos/watch/1' });

  describe('in one process', () => {
    let instance: TestInstance;

    beforeAll(async () => {
      instance = await createInstance({
        environment: {
          ...QUICK,
          VIDIVERSE_TRUSTED_PROXIES: '127.0.0.1',
          VIDIVERSE_DATABASE_LOCK_TIMEOUT: '1',
        },
      });
      await peer.send(like(), instance.address);
    });
    afterAll(() => instance.close());

    test('asks senders to come again while the database is away, and takes everything when it is back', async () => {
      const activity = like();
      const endOutage = await beginOutage(instance);
      const { status, code, headers } = await peer.send(activity, instance.address);
      expect([status, code, headers['retry-after']]).toEqual([503, 'unavailable', '10']);
      await endOutage();
      expect((await peer.send(activity, instance.address)).status).toBe(202);
      const { data } = await (await administratorOf(instance)).inboxActivities();
      expect(data.filter((row) => row.activity.id === activity.id)).toHaveLength(1);
    });

    test('hears its peers during a flood of unsigned requests from elsewhere', async () => {
      const from = (address: string) => ({ 'x-forwarded-for': address });
      const flood = await peer.request(like(), instance.address, {
        headers: { ...from('192.0.2.1'), signature: null },
      });
      const welcome = await peer.request(like(), instance.address, { headers: from('192.0.2.2') });
      const statuses = await Promise.all(
        Array.from({ length: 2000 }, async (_, turn) => (await post(turn === 1000 ? welcome : flood)).status),
      );
      const count = (status: number) => statuses.filter((one) => one === status).length;
      expect([statuses[1000], count(202), count(401) + count(429)]).toEqual([202, 1, 1999]);
      expect(count(401)).toBeLessThan(1000);
    });
  });

  describe('of two processes on one database', () => {
    const processes: ServerProcess[] = [];

    afterEach(async () => {
      for (const one of processes.splice(0)) await one.remove();
    });

    /** Both answer at the same public URL, as behind a proxy. */
    async function open(url: string): Promise<() => Promise<void>> {
      const dataFolder = await mkdtemp(join(tmpdir(), 'vidiverse-inbox-'));
      const backend = await createTestDatabase();
      const environment = { ...QUICK, ...backend.environment, VIDIVERSE_URL: url };
      for (let turn = 0; turn < 2; turn++) {
        const one = await createServerProcess({ environment, dataFolder });
        processes.push(one);
        await one.start();
      }
      return () => backend.drop();
    }

    test('takes once what comes to both at the same moment, and keeps it when they are killed', async () => {
      const url = 'http://inbox.example';
      const drop = await open(url);
      const activities = Array.from({ length: 20 }, like);
      await post(at(processes[0]!, await peer.request(like(), url, { signed: true })));
      const statuses = await Promise.all(
        activities.flatMap(async (activity) => {
          const request = await peer.request(activity, url, { signed: true });
          return Promise.all(
            [0, 1, 0, 1].map(async (one) => (await post(at(processes[one]!, request))).status),
          );
        }),
      );
      expect(new Set(statuses.flat())).toEqual(new Set([202]));
      await Promise.all(processes.map((one) => one.kill()));
      await processes[0]!.start();
      const administrator = await administratorOf(processes[0]!);
      const all = async () => (await administrator.inboxActivities({ count: 100 })).data;
      await until(
        async () => (await all()).every(({ state }) => state !== 'received'),
        'all are handled',
        LIMIT,
      );
      const ids = (await all()).map(({ activity }) => activity.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(activities.map(({ id }) => id)));
      await drop();
    });
  });
});

/** The same request to one of the processes behind the public URL. */
const at = <T extends { url: string }>({ address }: ServerProcess, request: T): T => ({
  ...request,
  url: address + new URL(request.url).pathname,
});
