import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { addUser, administratorOf, type InstanceClient, visitorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { type Activity, Peer, post, type SendOptions } from '../support/peer.js';
import { until } from '../support/uploads.js';

const MINUTE = 60_000;
const LIMIT = 300_000;

describe('the inbox of an instance', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let peer: Peer;
  let ada: string;
  let bob: string;

  beforeAll(async () => {
    instance = await createInstance({
      environment: {
        VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
        VIDIVERSE_JOBS_POLL_INTERVAL: '50',
        VIDIVERSE_FEDERATION_INBOX_MAX_REFUSALS: '200',
        VIDIVERSE_FEDERATION_INBOX_KEY_FAILURE_PAUSE: '1',
        VIDIVERSE_FEDERATION_INBOX_KEY_REFRESH_PAUSE: '1',
        VIDIVERSE_TRUSTED_PROXIES: '127.0.0.1',
      },
    });
    administrator = await administratorOf(instance);
    peer = await Peer.open();
    ada = await peer.actor('ada');
    bob = await peer.actor('bob');
  });
  beforeEach(() => {
    peer.asked.length = 0;
  });
  afterAll(async () => {
    await peer.close();
    await instance.close();
  });

  const like = (fields: Partial<Activity> = {}) =>
    peer.activity({ type: 'Like', actor: ada, object: `${instance.address}/videos/watch/1`, ...fields });
  const rowsOf = async ({ id }: { id: string }) =>
    (await administrator.inboxActivities({ count: 100 })).data.filter(({ activity }) => activity.id === id);
  const outcome = async (activity: Activity & { id: string }, options?: SendOptions) => {
    const { status, code } = await peer.send(activity, instance.address, options);
    return [status, code, (await rowsOf(activity)).length];
  };

  test('answers 202 with nothing, and has recorded what it took', async () => {
    const activity = like();
    const { status, text } = await peer.send(activity, instance.address);
    expect([status, text]).toEqual([202, '']);
    const host = new URL(peer.address).host;
    expect(await rowsOf(activity)).toMatchObject([
      { host, activity: { type: 'Like', actor: ada, id: activity.id } },
    ]);
  });

  test.each([
    'application/activity+json; charset=utf-8',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    'application/ld+json;profile="https://www.w3.org/ns/activitystreams";charset=utf-8',
  ])('takes %s', async (type) => {
    expect(await outcome(like(), { headers: { 'content-type': type } })).toEqual([202, null, 1]);
  });

  test('is there for each actor, and not for nobody', async () => {
    for (const inbox of [
      '/accounts/root/inbox',
      '/video-channels/root_channel/inbox',
      '/accounts/peertube/inbox',
    ])
      expect(await outcome(like(), { inbox })).toEqual([202, null, 1]);
    expect(await outcome(like(), { inbox: '/accounts/nobody/inbox' })).toEqual([404, 'not_found', 0]);
  });

  test('takes an activity once, by whatever way it comes', async () => {
    const activity = like();
    const request = await peer.request(activity, instance.address);
    for (let turn = 0; turn < 2; turn++) expect((await post(request)).status).toBe(202);
    const later = { date: new Date(Date.now() + 1000), inbox: '/accounts/root/inbox' };
    expect(await outcome(activity, later)).toEqual([202, null, 1]);
    const signed = (await peer.sign(like())) as Activity & { id: string };
    expect(await outcome(signed)).toEqual([202, null, 1]);
    expect(await outcome(signed, { by: bob, inbox: '/accounts/root/inbox' })).toEqual([202, null, 1]);
  });

  test('takes what others hand on with its author’s signature', async () => {
    expect(await outcome(like(), { by: bob, signed: true })).toEqual([202, null, 1]);
    expect(await outcome(like(), { by: bob })).toEqual([401, 'not_the_actor', 0]);
  });

  test.each<[string, string[]]>([
    ['Lemmy', ['https://join-lemmy.org/context.json', 'https://www.w3.org/ns/activitystreams']],
    ['Pleroma', ['https://www.w3.org/ns/activitystreams', 'PEER/schemas/litepub-0.1.jsonld']],
    ['GoToSocial', ['https://gotosocial.org/ns', 'https://www.w3.org/ns/activitystreams']],
  ])(
    'reads what %s says under contexts that are not known here, without fetching them',
    async (name, urls) => {
      const context = { '@context': urls.map((url) => url.replace('PEER', peer.address)) };
      const actor = await peer.actor(name.toLowerCase(), context);
      expect(await outcome(like({ ...context, actor }))).toEqual([202, null, 1]);
      expect(await outcome(like({ ...context, actor }), { by: bob })).toEqual([401, 'not_the_actor', 0]);
      const { signature } = await peer.sign(like({ actor }));
      expect(await outcome(like({ ...context, actor, signature }), { by: bob })).toEqual([
        401,
        'unknown_context',
        0,
      ]);
      expect(await outcome(like({ ...context, actor, signature }))).toEqual([202, null, 1]);
      expect(peer.asked).toEqual([new URL(actor).pathname]);
    },
  );

  test.each<[string, number, [number, string | null, number]]>([
    ['half an hour late', -30 * MINUTE + 5000, [202, null, 1]],
    ['later', -30 * MINUTE - 5000, [401, 'outside_time_window', 0]],
    ['half an hour early', 30 * MINUTE - 5000, [202, null, 1]],
    ['earlier', 30 * MINUTE + 5000, [401, 'outside_time_window', 0]],
  ])('a clock that is %s', async (_, off, expected) => {
    expect(await outcome(like(), { date: new Date(Date.now() + off) })).toEqual(expected);
  });

  test('a body that was not signed is refused', async () => {
    const activity = like();
    const body = JSON.stringify({ ...activity, object: `${instance.address}/videos/watch/2` });
    expect(await outcome(activity, { body })).toEqual([401, 'wrong_digest', 0]);
  });

  test('a key that is not the actor’s is refused', async () => {
    expect(await outcome(like(), { by: bob, keyId: `${ada}#main-key` })).toEqual([401, 'bad_signature', 0]);
  });

  test('an actor with a new key is heard', async () => {
    const carl = await peer.actor('carl');
    expect(await outcome(like({ actor: carl }))).toEqual([202, null, 1]);
    await peer.actor('carl');
    expect(await outcome(like({ actor: carl }))).toEqual([202, null, 1]);
  });

  describe('a key that is named by a handle', () => {
    const finger = (name: string, self: string, subject = name) => {
      const { host } = new URL(peer.address);
      const resource = `acct:${name}@${host}`;
      const path = `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`;
      const links = [{ rel: 'self', type: 'application/activity+json', href: self }];
      peer.serve(path, { subject: `acct:${subject}@${host}`, links });
      return { keyId: resource, path };
    };

    test('is found by WebFinger, and the actor asked for once', async () => {
      const fay = await peer.actor('fay');
      const { keyId, path } = finger('fay', fay);
      for (let turn = 0; turn < 2; turn++)
        expect(await outcome(like({ actor: fay }), { keyId })).toEqual([202, null, 1]);
      expect(peer.asked.slice(0, 2)).toEqual([path, '/accounts/fay']);
      expect(peer.asked.filter((asked) => asked !== path)).toEqual(['/accounts/fay']);
    });

    test('is of nobody when WebFinger speaks of another, of another server, or leads on', async () => {
      const gus = await peer.actor('gus');
      const [foreign, again] = [
        'https://elsewhere.example/accounts/gus',
        `acct:gus@${new URL(peer.address).host}`,
      ];
      const answers: Array<[self: string, subject?: string]> = [[gus, 'ada'], [foreign], [again], [ada]];
      for (const answer of answers) {
        const { keyId } = finger('gus', ...answer);
        const [status, , rows] = await outcome(like({ actor: gus }), { keyId });
        expect([answer, [401, 503].includes(Number(status)), rows]).toEqual([answer, true, 0]);
      }
      expect(peer.asked.length).toBeLessThan(10);
    });
  });

  test.each<[string, (id: string) => object, code?: string]>([
    ['a key at another server', (id) => ({ publicKey: { id: 'https://elsewhere.example/key', owner: id } })],
    ['the key of another actor', (id) => ({ publicKey: { id: `${id}#main-key`, owner: ada } })],
    // That one is asked for, and has another key.
    ['the id of another actor', () => ({ id: ada }), 'bad_signature'],
    ['an id on another server', () => ({ id: 'https://elsewhere.example/accounts/eve' })],
    ['an id of ours', () => ({ id: `${instance.address}/accounts/root` })],
  ])('an actor whose document has %s proves nothing', async (_, fields, code = 'unknown_key') => {
    const name = `forged${peer.asked.length}${Math.random().toString(36).slice(2)}`;
    const id = await peer.actor(name);
    const { publicKey, ...document } = peer.documentOf(`/accounts/${name}`) as { publicKey: object };
    const changes = fields(id) as { publicKey?: object };
    peer.serve(`/accounts/${name}`, {
      ...document,
      ...changes,
      publicKey: { ...publicKey, ...changes.publicKey },
    });
    expect(await outcome(like({ actor: id }))).toEqual([401, code, 0]);
  });

  test('what a deleted actor signed before has no effect, whoever hands it on', async () => {
    const hal = await peer.actor('hal');
    const [before, late] = [like({ actor: hal }), like({ actor: hal })];
    const signed = (await peer.sign(late)) as Activity & { id: string };
    expect(await outcome(before)).toEqual([202, null, 1]);
    const farewell = peer.activity({ type: 'Delete', actor: hal, object: hal });
    await peer.send(farewell, instance.address);
    await until(async () => (await rowsOf(farewell))[0]?.state === 'applied', 'it is gone');
    peer.remove('/accounts/hal');
    peer.asked.length = 0;
    expect(await outcome(signed, { by: bob })).toEqual([401, 'unknown_key', 0]);
    expect(await outcome(signed)).toEqual([401, 'unknown_key', 0]);
    expect(peer.asked).toEqual([]);
  });

  test.each([
    'unix:/var/run/docker.sock',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    'https://user@peer.example/1',
    'https://peer.example\\@here.example/1',
    'https://peer.example/\t1',
    'https://peer.example/\r\nHost: here.example',
  ])('an activity about %j is refused, and nobody is asked', async (url) => {
    for (const type of ['Like', 'Announce', 'Follow', 'Create', 'Update', 'Undo', 'Delete', 'Flag'])
      for (const object of [url, { type: 'Video', id: url }])
        expect([type, await outcome(like({ type, object }))]).toEqual([type, [400, expect.any(String), 0]]);
    expect(peer.asked).toEqual([]);
  });

  test('a body without an end is cut at the limit', async () => {
    const { url, headers } = await peer.request(like(), instance.address);
    const { sent, status } = await sendEndlessly(url, headers);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(10_000_000);
  });

  test('a server that is down is waited for', async () => {
    const dora = await peer.actor('dora');
    peer.status = 502;
    const activity = like({ actor: dora });
    const { status, code, headers } = await peer.send(activity, instance.address);
    expect([status, code]).toEqual([503, 'key_unavailable']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    peer.status = null;
    expect(await outcome(activity)).toEqual([202, null, 1]);
  });

  test('an actor that is gone is believed when it says farewell, and nobody asks for it', async () => {
    const eve = await peer.actor('eve');
    peer.remove('/accounts/eve');
    const farewell = peer.activity({ type: 'Delete', actor: eve, object: eve });
    expect(await outcome(farewell)).toEqual([202, null, 0]);
    expect(peer.asked).toEqual([]);
    expect(await outcome(like({ actor: eve }))).toEqual([401, 'unknown_key', 0]);
  });

  test.each<[string, SendOptions, number, string]>([
    ['no signature', { headers: { signature: null } }, 401, 'missing_signature'],
    ['plain JSON', { headers: { 'content-type': 'application/json' } }, 415, 'wrong_content_type'],
    ['a body that is too large', { body: Buffer.alloc(300_000, ' ') }, 413, 'payload_too_large'],
    [
      'a compressed body',
      { body: gzipSync(Buffer.alloc(10_000_000)), headers: { 'content-encoding': 'gzip' } },
      413,
      'encoded_body',
    ],
    ['no JSON', { body: 'hello' }, 400, 'not_json'],
    ['deep nesting', { body: '{"object":'.repeat(10_000) }, 400, 'too_deep'],
  ])('%s is refused', async (_, options, status, code) => {
    expect(await outcome(like(), options)).toEqual([status, code, 0]);
    expect(peer.asked).toEqual([]);
  });

  test('HTML is refused', async () => {
    const { status } = await peer.send(like(), instance.address, {
      headers: { 'content-type': 'text/html' },
    });
    expect(status).toBe(415);
  });

  test('nobody speaks for this instance, or changes what is elsewhere', async () => {
    const own = peer.activity({ type: 'Like', actor: `${instance.address}/accounts/root`, object: ada });
    expect(await outcome(own, { by: ada })).toEqual([401, 'not_the_actor', 0]);
    expect(await outcome(own, { by: ada, keyId: `${own.actor}#main-key` })).toEqual([403, 'own_host', 0]);
    const video = { type: 'Video', id: 'https://elsewhere.example/videos/watch/1' };
    const update = peer.activity({ type: 'Update', actor: ada, object: video });
    expect(await outcome(update)).toEqual([403, 'foreign_object', 0]);
  });

  test('who is refused too often is not read, and others are', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const request = await peer.request(like(), instance.address, {
      headers: { ...from('192.0.2.1'), signature: null },
    });
    for (let turn = 0; turn < 200; turn++) expect((await post(request)).status).toBe(401);
    const { status, code, headers } = await post(request);
    expect([status, code]).toEqual([429, 'too_many_requests']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(await outcome(like(), { headers: from('192.0.2.2') })).toEqual([202, null, 1]);
    expect(await outcome(like(), { headers: from('192.0.2.1') })).toEqual([429, 'too_many_requests', 0]);
  });

  describe('as an administrator sees it', () => {
    const unknown = () => peer.activity({ type: 'Wave', actor: ada, object: ada });
    const settled = async (activity: { id: string }) => {
      await until(
        async () => (await rowsOf(activity))[0]?.state !== 'received',
        'the activity is handled',
        LIMIT,
      );
      return (await rowsOf(activity))[0]!;
    };

    test('says what became of each activity, and why', async () => {
      const activity = unknown();
      await peer.send(activity, instance.address, { signed: true });
      expect(await settled(activity)).toMatchObject({
        state: 'refused',
        reason: 'Not understood: nothing here reads this type.',
        finishedAt: expect.any(String),
        issuedAt: expect.any(String),
      });
    });

    test('lists by state, type and host', async () => {
      const activity = unknown();
      await peer.send(activity, instance.address);
      await settled(activity);
      const { host } = new URL(peer.address);
      const query = { state: 'refused', type: 'Unknown', host, sort: 'createdAt' };
      const { total, data } = await administrator.inboxActivities({ ...query, count: 1 });
      expect(total).toBeGreaterThanOrEqual(1);
      expect(data).toHaveLength(1);
      expect(data[0]).toMatchObject({ state: 'refused', activity: { type: 'Unknown' }, host });
      expect(await administrator.inboxActivities({ ...query, host: 'nobody.example' })).toEqual({
        total: 0,
        data: [],
      });
    });

    test('tries a refused one again, and no other', async () => {
      const activity = unknown();
      await peer.send(activity, instance.address);
      const { id, finishedAt } = await settled(activity);
      await administrator.retryInboxActivity(id);
      await until(
        async () => ![null, finishedAt].includes((await rowsOf(activity))[0]!.finishedAt),
        'it is handled again',
        LIMIT,
      );
      await expect(administrator.retryInboxActivity(999_999)).rejects.toMatchObject({ status: 404 });
    });

    test('is for administrators', async () => {
      const user = await addUser(administrator, 'somebody');
      await expect(visitorOf(instance).inboxActivities()).rejects.toMatchObject({ status: 401 });
      await expect(user.inboxActivities()).rejects.toMatchObject({ status: 403 });
      await expect(user.retryInboxActivity(1)).rejects.toMatchObject({ status: 403 });
    });
  });
});

describe('an inbox that is behind no proxy', () => {
  test('believes nobody who says that a request comes from elsewhere', async () => {
    const instance = await createInstance({
      environment: { VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true', VIDIVERSE_FEDERATION_INBOX_MAX_REFUSALS: '20' },
    });
    const peer = await Peer.open();
    const actor = await peer.actor('ada');
    const object = `${instance.address}/videos/watch/1`;
    const send = (headers: Record<string, string | null>) =>
      peer.send(peer.activity({ type: 'Like', actor, object }), instance.address, { headers });
    for (let turn = 0; turn < 20; turn++)
      expect((await send({ signature: null, 'x-forwarded-for': `192.0.2.${turn}` })).status).toBe(401);
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded'])
      expect((await send({ [name]: '198.51.100.1' })).status).toBe(429);
    await peer.close();
    await instance.close();
  });
});

/** Sends bytes until there is an answer, or far more than anybody should take. */
function sendEndlessly(url: string, headers: Record<string, string>) {
  return new Promise<{ sent: number; status: number | undefined }>((resolve) => {
    const chunk = Buffer.alloc(64 * 1024, ' ');
    let sent = 0;
    let ended = false;
    const request = httpRequest(url, {
      method: 'POST',
      headers: { ...headers, 'transfer-encoding': 'chunked' },
    });
    const end = (status?: number) => {
      ended = true;
      request.destroy();
      resolve({ sent, status });
    };
    request.on('response', ({ statusCode }) => end(statusCode)).on('error', () => !ended && end());
    const more = () => {
      if (ended) return;
      if (sent > 100_000_000) return end();
      sent += chunk.length;
      request.write(chunk, () => setImmediate(more));
    };
    more();
  });
}
