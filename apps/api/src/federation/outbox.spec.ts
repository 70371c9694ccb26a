import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JsonObject, readJson, verifyRequest } from '@vidiverse/federation';
import { verifyDocument } from '@vidiverse/federation/testing';
import { until } from '../jobs/testing/until.js';
import { JobQueue } from '../jobs/job-queue.js';
import { deliverJob } from './delivery-dispatcher.js';
import { DeliveryHostEntity } from './delivery-host.entity.js';
import { OutboxActivityEntity } from './outbox-activity.entity.js';
import { SendingLab } from './testing/sending-lab.js';

let lab: SendingLab;

beforeAll(async () => {
  lab = await SendingLab.open();
});
afterAll(() => lab.close());

const hostOf = (host: string) => lab.dataSource.getRepository(DeliveryHostEntity).findOneByOrFail({ host });
const states = async (sink: Awaited<ReturnType<SendingLab['sink']>>) =>
  (await lab.deliveries(sink)).map(({ state }) => state);

describe('what is told', () => {
  test('reaches every inbox once and in order, with the same bytes everywhere', async () => {
    const sinks = await Promise.all([lab.sink(), lab.sink(), lab.sink()]);
    const ids = await lab.teller.tell(sinks, 5);
    for (const sink of sinks) {
      await lab.untilSettled(sink);
      expect(sink.received.map(({ id }) => id)).toEqual(ids);
    }
    const bodies = sinks.map(({ received }) => received.map(({ body }) => body.toString()));
    expect(new Set(bodies.map((list) => JSON.stringify(list))).size).toBe(1);
  });

  test('is signed by its author, the request and the document', async () => {
    const sink = await lab.sink();
    const [id] = await lab.teller.tell([sink]);
    await lab.untilSettled(sink);
    const { url: owner, publicKey: publicKeyPem } = lab.teller.actor;
    const findKey = async () => ({ owner, publicKeyPem });
    const { rawHeaders, body, path: target } = sink.received[0]!;
    const request = { method: 'POST', target, origin: `http://${sink.host}`, rawHeaders, body };
    expect(await verifyRequest(request, { findKey })).toMatchObject({ owner, keyId: `${owner}#main-key` });
    const document: JsonObject = readJson(body);
    // Dated when it happened, not when it was first sent: a host that was down must not take it for newer than it is.
    const row = await lab.dataSource.getRepository(OutboxActivityEntity).findOneByOrFail({ activityUrl: id });
    expect(await verifyDocument(document, findKey)).toMatchObject({
      owner,
      activity: { id },
      created: row.createdAt,
    });
  });

  test('is not told when its transaction is rolled back', async () => {
    const sink = await lab.sink();
    const activity = lab.teller.activity();
    const failing = lab.dataSource.transaction(async (manager) => {
      await lab.outbox.send(manager, { activity, actor: lab.teller.actor, inboxes: [sink.inbox()] });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const [after] = await lab.teller.tell([sink]);
    await lab.untilSettled(sink);
    expect(sink.taken).toEqual([after]);
  });

  test('goes once to an inbox that is named twice, and never to our own', async () => {
    const sink = await lab.sink();
    await lab.teller.tellTo([sink.inbox(), sink.inbox(), `${lab.app.config.url}/inbox`, 'no inbox']);
    await lab.untilSettled(sink);
    expect(sink.received).toHaveLength(1);
  });

  test('leaves nothing behind when nobody is to be told', async () => {
    const count = () => lab.dataSource.getRepository(OutboxActivityEntity).count();
    const before = await count();
    await lab.teller.tellTo([`${lab.app.config.url}/inbox`]);
    expect(await count()).toBe(before);
  });

  test('by others is passed on as its author signed it', async () => {
    const sink = await lab.sink();
    const raw =
      '{ "id": "https://elsewhere.example/likes/1",  "type": "Like", "signature": {"signatureValue": "x"} }';
    await lab.dataSource.transaction((manager) => lab.outbox.forward(manager, raw, [sink.inbox()]));
    await lab.untilSettled(sink);
    expect(sink.received[0]!.body.toString()).toBe(raw);
    expect(sink.received[0]!.rawHeaders.join(' ')).toContain('/accounts/peertube#main-key');
  });

  test('that no key can sign is refused with the reason, and holds up nothing', async () => {
    const sink = await lab.sink();
    const [bad, good] = [lab.teller.activity(), lab.teller.activity()];
    await lab.dataSource.transaction(async (manager) => {
      const common = { actor: lab.teller.actor, inboxes: [sink.inbox()] };
      await lab.outbox.send(manager, { ...common, activity: { ...bad, aTermThatNobodyDefined: 1 } });
      await lab.outbox.send(manager, { ...common, activity: good });
    });
    await lab.untilSettled(sink);
    expect(sink.taken).toEqual([good.id]);
    expect((await lab.deliveries(sink))[0]).toMatchObject({
      state: 'refused',
      lastError: expect.stringContaining('cannot be signed'),
    });
  });
});

describe('a host', () => {
  test('that is down for a while gets everything in order once it is back', async () => {
    const sink = await lab.sink();
    await sink.down();
    const ids = await lab.teller.tell([sink], 10);
    await until('its breaker is open', async () => (await hostOf(sink.host)).failures > 5);
    expect(await hostOf(sink.host)).toMatchObject({ lastError: expect.stringMatching(/ECONNREFUSED/) });
    await sink.up();
    await lab.untilSettled(sink);
    expect(sink.received.map(({ id }) => id)).toEqual(ids);
    expect(await hostOf(sink.host)).toMatchObject({ failures: 0, failingSince: null, nextAttemptAt: null });
  });

  test('that hangs delays nobody else', async () => {
    const [slow, quick] = [await lab.sink(), await lab.sink()];
    slow.behaviour = () => 'hang';
    const ids = await lab.teller.tell([slow, quick], 10);
    await lab.untilSettled(quick);
    expect([quick.taken, slow.received.length]).toEqual([ids, 1]);
    slow.behaviour = () => 202;
    await slow.down();
    await slow.up();
    await lab.untilSettled(slow);
    expect(slow.taken).toEqual(ids);
  });

  test('that refuses an activity gets the next one', async () => {
    const sink = await lab.sink();
    sink.behaviour = ({ id }) => (id.endsWith('refuse') ? { status: 403, body: '<b>muted</b>' } : 202);
    const activity = { ...lab.teller.activity(), id: `${lab.teller.actor.url}/refuse` };
    const { actor } = lab.teller;
    await lab.dataSource.transaction((manager) =>
      lab.outbox.send(manager, { activity, actor, inboxes: [sink.inbox()] }),
    );
    await lab.teller.tell([sink]);
    await lab.untilSettled(sink);
    expect((await lab.deliveries(sink)).map(({ state, lastError }) => [state, lastError])).toEqual([
      ['refused', 'It answered 403 Forbidden: muted'],
      ['delivered', null],
    ]);
  });

  test('whose clock or ours is wrong refuses signatures: what it is told waits until the clocks are right', async () => {
    const sink = await lab.sink();
    const date = new Date(Date.now() + 2 * 3600_000).toUTCString();
    sink.behaviour = () => ({ status: 401, headers: { date } });
    const ids = await lab.teller.tell([sink], 2);
    await until('it failed', async () => (await hostOf(sink.host)).failures > 0);
    expect((await hostOf(sink.host)).lastError).toBe(
      'It answered 401; its clock and ours are 120 minutes apart.',
    );
    sink.behaviour = () => 202;
    await lab.untilSettled(sink);
    expect(sink.taken).toEqual(ids);
  });

  test('that says an inbox is gone loses what waits for it and the follower who read it', async () => {
    const sink = await lab.sink();
    const alice = await lab.rows.follow({ host: sink.host, inboxUrl: sink.inbox('/alice/inbox') });
    sink.behaviour = ({ path }) => (path.startsWith('/alice') ? 410 : 202);
    await lab.teller.tellTo([sink.inbox('/alice/inbox')], 3);
    const [shared] = await lab.teller.tell([sink]);
    await lab.untilSettled(sink);
    expect(sink.taken).toEqual([shared]);
    expect((await states(sink)).at(-1)).toBe('delivered');
    expect((await states(sink)).filter((state) => state === 'dropped').length).toBeGreaterThan(0);
    expect(await lab.rows.followerIds()).not.toContain(alice);
  });

  test('that asks for a pause is left alone so long, and no failure is counted', async () => {
    const sink = await lab.sink();
    sink.behaviour = () => {
      sink.behaviour = () => 202;
      return { status: 429, headers: { 'retry-after': '1' } };
    };
    const ids = await lab.teller.tell([sink], 2);
    await until('it was asked', () => sink.received.length > 0);
    await until('the pause is noted', async () => (await hostOf(sink.host)).nextAttemptAt !== null);
    expect((await hostOf(sink.host)).failures).toBe(0);
    await lab.untilSettled(sink);
    expect(sink.taken).toEqual(ids);
    expect(sink.received[1]!.at - sink.received[0]!.at).toBeGreaterThanOrEqual(900);
  });

  test('that closed a kept connection meanwhile gets the activity all the same, at once', async () => {
    const sink = await lab.sink();
    const used = new Set<unknown>();
    sink.behaviour = (_post, socket) => {
      if (used.has(socket)) return 'cut';
      used.add(socket);
      return 202;
    };
    const ids = await lab.teller.tell([sink], 4);
    await lab.untilSettled(sink);
    expect(sink.taken).toEqual(ids);
    expect((await lab.deliveries(sink)).map(({ attempts }) => attempts)).toEqual([0, 0, 0, 0]);
    expect(used.size).toBeGreaterThan(1);
  });

  test('never gets two at once, though its job be started twice', async () => {
    const sink = await lab.sink();
    sink.behaviour = () => new Promise((resolve) => setTimeout(() => resolve(202), 20));
    const queue = lab.app.nest.get(JobQueue);
    const ids = await lab.teller.tell([sink], 10);
    await until('it is being told', () => sink.received.length > 0);
    for (let extra = 0; extra < 5; extra++) await queue.add(deliverJob, { host: sink.host });
    await lab.untilSettled(sink);
    expect([sink.taken, sink.mostAtOnce]).toEqual([ids, 1]);
  });

  test('is sent to again and again although its job ends just when something is added', async () => {
    const sink = await lab.sink();
    const ids: string[] = [];
    for (let round = 0; round < 60; round++) {
      ids.push(...(await lab.teller.tell([sink])));
      await until('it arrived', () => sink.received.length > round);
    }
    await lab.untilSettled(sink);
    expect(sink.received.map(({ id }) => id)).toEqual(ids);
  });
});

test('an instance that is to tell nobody writes nothing', async () => {
  const silent = await SendingLab.open({ VIDIVERSE_FEDERATION_ENABLED: 'false' });
  try {
    const sink = await silent.sink();
    await silent.teller.tell([sink]);
    expect(await silent.deliveries(sink)).toEqual([]);
    expect(await silent.dataSource.getRepository(OutboxActivityEntity).count()).toBe(0);
  } finally {
    await silent.close();
  }
});
