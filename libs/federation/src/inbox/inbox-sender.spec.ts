import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { activity, ADA, BOB, HERE, InboxLab } from '../../testing/inbox-lab.js';

const MINUTE = 60_000;

describe('who sends to an inbox', () => {
  let lab: InboxLab;

  beforeAll(async () => {
    lab = await InboxLab.open({ maxRefusals: 1000 });
  });
  beforeEach(() => {
    lab.journal.entries.length = 0;
    lab.blocks.hosts.clear();
    lab.blocks.actors.clear();
  });

  test('is proven by the key of the actor', async () => {
    expect(await lab.outcome(activity())).toEqual([202, 'recorded']);
    expect(lab.journal.entries).toMatchObject([{ actorUrl: ADA, host: 'peer.example', type: 'Like' }]);
  });

  test.each([ADA, `${ADA}#main-key`, `${ADA}#another`])('the key may be called %s', async (keyId) => {
    expect(await lab.outcome(activity(), { keyId })).toEqual([202, 'recorded']);
  });

  test('the key may be named by a handle, or by a document of its own', async () => {
    const ada = lab.keys.world.get(ADA)!;
    for (const keyId of ['acct:ada@peer.example', `${ADA}/main-key`]) {
      lab.keys.world.set(keyId, ada);
      lab.journal.entries.length = 0;
      expect(await lab.outcome(activity(), { keyId })).toEqual([202, 'recorded']);
      // The second time it is known.
      const asked = lab.keys.asked.length;
      expect(await lab.outcome(activity(), { keyId })).toEqual([202, 'known']);
      expect(lab.keys.asked).toHaveLength(asked);
    }
  });

  test('a key of somebody else proves nothing', async () => {
    expect(await lab.outcome(activity(), { by: BOB })).toEqual([401, 'not_the_actor']);
    expect(await lab.outcome(activity(), { by: BOB, keyId: `${ADA}#main-key` })).toEqual([
      401,
      'bad_signature',
    ]);
    expect(lab.journal.entries).toEqual([]);
  });

  test('a key whose owner is on another server is refused', async () => {
    lab.keys.world.set('https://evil.example/key', lab.keys.world.get(ADA)!);
    expect(await lab.outcome(activity(), { keyId: 'https://evil.example/key' })).toEqual([
      401,
      'unknown_key',
    ]);
  });

  test('another body than was signed is refused', async () => {
    const body = JSON.stringify(activity({ object: `${HERE}/videos/watch/2` }));
    expect(await lab.outcome(activity(), { body })).toEqual([401, 'wrong_digest']);
    expect(lab.journal.entries).toEqual([]);
  });

  test.each<[number, [number, string]]>([
    [-30 * MINUTE, [202, 'recorded']],
    [-30 * MINUTE - 1000, [401, 'outside_time_window']],
    [-13 * 60 * MINUTE, [401, 'outside_time_window']],
    [30 * MINUTE, [202, 'recorded']],
    [30 * MINUTE + 1000, [401, 'outside_time_window']],
    [-5 * MINUTE, [202, 'recorded']],
  ])('a clock that is off by %i ms', async (off, outcome) => {
    expect(await lab.outcome(activity(), { date: new Date(lab.now + off) })).toEqual(outcome);
  });

  test('a request to another host or path is refused', async () => {
    const elsewhere = { headers: { host: 'elsewhere.example' } };
    expect(await lab.outcome(activity(), elsewhere)).toEqual([401, 'wrong_host']);
    const request = { ...lab.request(activity()), path: '/accounts/root/inbox' };
    expect(await lab.gate.receive(request)).toMatchObject({ status: 401, code: 'bad_signature' });
  });

  test('a signature that does not cover the body is refused', async () => {
    const { signature } = lab.request(activity()).headers;
    const weaker = String(signature).replace(' digest', '');
    const headers = { signature: weaker };
    expect(await lab.outcome(activity(), { headers })).toEqual([401, 'header_not_signed']);
  });

  test('the public key as a secret proves nothing', async () => {
    const { signature } = lab.request(activity()).headers;
    const headers = { signature: String(signature).replace('rsa-sha256', 'hmac-sha256') };
    expect(await lab.outcome(activity(), { headers })).toEqual([401, 'unsupported_algorithm']);
  });

  test('two signatures are refused', async () => {
    const request = lab.request(activity());
    request.rawHeaders.push('Signature', String(request.headers.signature));
    expect(await lab.gate.receive(request)).toMatchObject({ status: 401, code: 'duplicate_header' });
  });

  test('this instance does not write to itself', async () => {
    const keyId = `${HERE}/accounts/root`;
    expect(await lab.outcome(activity(), { keyId })).toEqual([403, 'own_host']);
  });

  test('a blocked host is told so, and nothing is asked of it', async () => {
    lab.blocks.hosts.add('peer.example');
    lab.keys.stored.clear();
    const asked = lab.keys.asked.length;
    expect(await lab.outcome(activity())).toEqual([403, 'blocked']);
    expect(lab.keys.asked).toHaveLength(asked);
  });

  test.each([
    'https://PEER.example/accounts/ada',
    'https://peer.example./accounts/ada',
    'https://peer.example:443/accounts/ada#main-key',
    'acct:ada@Peer.Example.',
  ])('a blocked host is known however it is written: %s', async (keyId) => {
    lab.blocks.hosts.add('peer.example');
    const asked = lab.keys.asked.length;
    expect(await lab.outcome(activity(), { keyId })).toEqual([403, 'blocked']);
    expect(lab.keys.asked).toHaveLength(asked);
  });

  test('a blocked actor is told so, others of its host are heard', async () => {
    lab.blocks.actors.add(ADA);
    expect(await lab.outcome(activity())).toEqual([403, 'blocked']);
    expect(await lab.outcome(activity({ actor: BOB, id: `${BOB}/1` }))).toEqual([202, 'recorded']);
    expect(lab.journal.entries).toMatchObject([{ actorUrl: BOB }]);
  });

  test('a fault of ours asks the sender to come again', async () => {
    const broken = lab.reopen();
    broken.journal.record = () => Promise.reject(new Error('the database is away'));
    expect(await broken.send(activity())).toMatchObject({
      status: 503,
      code: 'unavailable',
      retryAfter: 10,
      cause: new Error('the database is away'),
    });
    broken.keys.known = () => Promise.reject(new Error('the database is away'));
    expect(await broken.send(activity())).toMatchObject({ status: 503, retryAfter: 10 });
  });
});
