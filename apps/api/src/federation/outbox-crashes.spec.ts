import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { until } from '../jobs/testing/until.js';
import { DeliveryEntity } from './delivery.entity.js';
import { SendingProcesses } from './testing/sending-processes.js';
import { SinkPeer } from './testing/sink-peer.js';

const TIMEOUT = 480_000;
const DONE_LIMIT = 90_000;
const ACTIVITIES = 60;
const KILLS = 4;
/** Milliseconds that a sink thinks, so that there is always something under way. */
const SLOW = 15;

describe('deliveries of servers in processes of their own', () => {
  let servers: SendingProcesses;
  let sinks: SinkPeer[];

  beforeEach(async () => {
    servers = await SendingProcesses.open();
    sinks = await Promise.all([SinkPeer.open(), SinkPeer.open()]);
    for (const sink of sinks)
      sink.behaviour = () => new Promise((resolve) => setTimeout(() => resolve(202), SLOW));
  }, TIMEOUT);
  afterEach(async () => {
    await Promise.all(sinks.map((sink) => sink.down()));
    await servers.close();
  }, TIMEOUT);

  const waiting = () => servers.dataSource.getRepository(DeliveryEntity).countBy({ state: 'waiting' });

  test(
    'two on one database never send to a host at the same time, nor anything twice',
    async () => {
      await servers.start();
      await servers.start();
      const ids: string[] = [];
      for (let round = 0; round < 6; round++) {
        ids.push(...(await servers.teller.tell(sinks, ACTIVITIES / 6)));
        await until('some arrived', () => sinks[0]!.taken.length > ids.length - 5, DONE_LIMIT);
      }
      await until('nothing waits', async () => (await waiting()) === 0, DONE_LIMIT);
      for (const sink of sinks) {
        expect(sink.received.map(({ id }) => id)).toEqual(ids);
        expect(sink.mostAtOnce).toBe(1);
      }
    },
    TIMEOUT,
  );

  test(
    'killed at any moment lose nothing and reorder nothing',
    async () => {
      const ids = await servers.teller.tell(sinks, ACTIVITIES);
      for (let kill = 1; kill <= KILLS; kill++) {
        const before = sinks[0]!.received.length;
        const child = await servers.start();
        await until('it sends', () => sinks[0]!.received.length > before, DONE_LIMIT);
        await after(randomInt(0, 80));
        await servers.kill(child);
      }
      await servers.start();
      await until('nothing waits', async () => (await waiting()) === 0, DONE_LIMIT);
      for (const sink of sinks) {
        expect(sink.taken).toEqual(ids);
        // Only what was under way at a kill came again.
        expect(sink.received.length).toBeLessThanOrEqual(ids.length + KILLS);
      }
    },
    TIMEOUT,
  );
});
