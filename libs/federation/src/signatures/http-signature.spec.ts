import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac, createPrivateKey } from 'node:crypto';
import { hasRecordings, recordedKeys, recordedPosts, type RecordedPost } from '../../testing/recorded.js';
import {
  cavage,
  type Draft,
  draftRequest,
  MINUTE,
  NOW,
  type Parts,
  SECOND,
  verdict,
} from '../../testing/signed-requests.js';
import { TestActor } from '../../testing/test-actor.js';
import { digestOf } from './digest.js';
import { signRequest, signRequestAside } from './http-signature.js';
import type { SignedRequest } from './request-headers.js';
import { verifyRequest } from './verify-request.js';

const POST_HEADERS = ['(request-target)', 'host', 'date', 'digest'];
const HOUR = 60 * MINUTE;

describe('a draft-cavage signature', () => {
  let alice: TestActor;

  beforeAll(async () => {
    alice = await TestActor.create();
  });

  const check = (request: SignedRequest) => verdict(request, { findKey: alice.findKey });
  const checkSigned = (parts: Parts, draft?: Draft) => check(cavage(alice, parts, draft));

  it('as this server makes it is accepted, and says whose and when', async () => {
    const accepted = { keyId: alice.id, owner: alice.id, signedAt: new Date(NOW) };
    expect(await check(draftRequest(alice))).toEqual(accepted);
    expect(await check(draftRequest(alice, { method: 'GET', target: '/accounts/root?page=1' }))).toEqual(
      accepted,
    );
    expect(draftRequest(alice).headers.signature).toMatch(
      /^keyId="[^"]+",algorithm="rsa-sha256",headers="\(request-target\) host date digest",signature="[^"]+"$/,
    );
  });

  it('is the same when it is made aside', async () => {
    const { privateKeyPem } = alice.keys;
    const body = Buffer.from('{}');
    const request = {
      method: 'POST',
      url: 'https://video.example/inbox',
      body,
      keyId: alice.id,
      date: new Date(NOW),
    } as const;
    expect(await signRequestAside(request, createPrivateKey(privateKeyPem))).toEqual(
      signRequest({ ...request, privateKeyPem }),
    );
  });

  it('is accepted with the path alone, as some servers sign it, but not with another path', async () => {
    const names = ['(request-target)', 'host', 'date'];
    const draft = { method: 'GET', target: '/outbox?page=1' } as const;
    const signedTarget = (value: string) =>
      checkSigned({ names, values: { '(request-target)': value } }, draft);
    expect(await signedTarget('get /outbox?page=1')).toMatchObject({ owner: alice.id });
    expect(await signedTarget('get /outbox')).toMatchObject({ owner: alice.id });
    expect(await signedTarget('get /outbox?page=2')).toBe('bad_signature');
    expect(await signedTarget('get /inbox')).toBe('bad_signature');
    expect(await signedTarget('post /outbox')).toBe('bad_signature');
  });

  it('is needed', async () => {
    const request = draftRequest(alice);
    delete request.headers.signature;
    expect(await check(request)).toBe('missing_signature');
  });

  it('of another body is refused, before any key is looked up', async () => {
    const request = {
      ...draftRequest(alice),
      rawHeaders: draftRequest(alice).rawHeaders,
      body: Buffer.from('{}'),
    };
    const noKeys = () => Promise.reject(new Error('a key was looked up'));
    expect(await verdict(request, { findKey: noKeys })).toBe('wrong_digest');
  });

  it.each([
    ['SHA-512=abc', 'wrong_digest'],
    ['SHA-256=abc', 'wrong_digest'],
    ['', 'wrong_digest'],
    [`${digestOf(Buffer.from('x'))},${digestOf(Buffer.from('{"type":"Follow"}'))}`, 'wrong_digest'],
  ])('with the digest %j is refused', async (digest, code) => {
    const request = draftRequest(alice);
    request.headers.digest = digest;
    expect(await check(request)).toBe(code);
  });

  it.each([
    [['date'], 'header_not_signed'],
    [['(request-target)', 'host', 'date'], 'header_not_signed'],
    [['(request-target)', 'host', 'digest'], 'header_not_signed'],
    [['host', 'date', 'digest'], 'header_not_signed'],
    [['(request-target)', 'date', 'digest'], 'header_not_signed'],
    [[...POST_HEADERS, 'date'], 'malformed_signature'],
    [[...POST_HEADERS, 'Date'], 'malformed_signature'],
    [[...POST_HEADERS, 'x-absent'], 'missing_header'],
    [[...POST_HEADERS, '__proto__'], 'missing_header'],
    [[...POST_HEADERS, 'constructor'], 'missing_header'],
    [[...POST_HEADERS, ''], 'missing_header'],
    [[...POST_HEADERS, ...Array.from({ length: 30 }, (_, index) => `x-${index}`)], 'malformed_signature'],
  ])('over %j is refused for a POST', async (names, code) => {
    expect(await checkSigned({ names })).toBe(code);
  });

  it.each([
    ['half an hour old, to the second', true, -30 * MINUTE],
    ['half an hour and a second old', false, -30 * MINUTE - SECOND],
    ['31 minutes old', false, -31 * MINUTE],
    ['13 hours old', false, -13 * HOUR],
    ['5 minutes old', true, -5 * MINUTE],
    ['half an hour in the future', true, 30 * MINUTE],
    ['half an hour and a second in the future', false, 30 * MINUTE + SECOND],
    ['2 hours in the future', false, 2 * HOUR],
  ])('that is %s: accepted is %s', async (_what, accepted, off) => {
    const dated = await check(draftRequest(alice, { off }));
    const created = await checkSigned({
      names: ['(request-target)', 'host', '(created)', 'digest'],
      parameters: { created: (NOW + off) / SECOND },
    });
    const expected = accepted
      ? { keyId: alice.id, owner: alice.id, signedAt: new Date(NOW + off) }
      : 'outside_time_window';
    expect([dated, created]).toEqual([expected, expected]);
  });

  it.each(['yesterday', '', '2026-01-02T03:04:05Z', 'Friday, 02-Jan-26 03:04:05 GMT', '1767323045'])(
    'with the date %j is refused',
    async (date) => {
      expect(await checkSigned({ names: POST_HEADERS, values: { date } })).toBe('bad_signature');
      const request = cavage(alice, { names: POST_HEADERS, values: { date } }) as ReturnType<
        typeof draftRequest
      >;
      request.headers.date = date;
      expect(await check(request)).toBe('outside_time_window');
    },
  );

  it.each([
    ['created that is no number', { created: 'now' }],
    ['created that is no whole number', { created: '1767323045.5' }],
    ['no created', {}],
    ['an end that has passed', { created: NOW / SECOND, expires: NOW / SECOND - 1 }],
    ['an end that is no number', { created: NOW / SECOND, expires: 'never' }],
  ])('with %s is refused', async (_what, parameters) => {
    const names = ['(request-target)', 'host', '(created)', 'digest'];
    expect(await checkSigned({ names, parameters })).toBe('outside_time_window');
  });

  it('may have an end in the future', async () => {
    const names = ['(request-target)', 'host', '(created)', '(expires)', 'digest'];
    const parameters = { created: NOW / SECOND, expires: NOW / SECOND + 60 };
    expect(await checkSigned({ names, parameters })).toMatchObject({ owner: alice.id });
  });

  it.each(['rsa-sha256', 'hs2019'])('may say that it is %s', async (algorithm) => {
    expect(await checkSigned({ names: POST_HEADERS, parameters: { algorithm } })).toMatchObject({
      owner: alice.id,
    });
  });

  it('need not say how it was made', async () => {
    const request = draftRequest(alice);
    request.headers.signature = request.headers.signature!.replace('algorithm="rsa-sha256",', '');
    expect(await check(request)).toMatchObject({ owner: alice.id });
  });

  it.each(['hmac-sha256', 'rsa-sha1', 'none', ''])('that says it is %j is refused', async (algorithm) => {
    expect(await checkSigned({ names: POST_HEADERS, parameters: { algorithm } })).toBe(
      'unsupported_algorithm',
    );
  });

  it('made with the public key as a shared secret is refused, whatever it says', async () => {
    for (const algorithm of ['hmac-sha256', 'hs2019']) {
      const request = draftRequest(alice);
      const text = `(request-target): post /inbox\nhost: video.example\ndate: ${request.headers.date}\ndigest: ${request.headers.digest}`;
      const forged = createHmac('sha256', alice.key.publicKeyPem).update(text).digest('base64');
      request.headers.signature = `keyId="${alice.id}",algorithm="${algorithm}",headers="${POST_HEADERS.join(' ')}",signature="${forged}"`;
      expect(await check(request)).toMatch(/^(unsupported_algorithm|bad_signature)$/);
    }
  });

  it.each(['signature', 'host', 'date', 'digest'])(
    'is refused when the header %s is there twice',
    async (name) => {
      const { headers, ...request } = draftRequest(alice);
      const rawHeaders = [...Object.entries(headers).flat(), name.toUpperCase(), headers[name]!];
      expect(await check({ ...request, rawHeaders })).toBe('duplicate_header');
    },
  );

  it.each([
    ['a parameter twice', (text: string) => `${text},keyId="https://evil.example/"`],
    ['a parameter named __proto__ without a value', (text: string) => `${text},__proto__`],
    ['no keyId', (text: string) => text.replace(/keyId="[^"]*",/, '')],
    ['no signature', (text: string) => text.replace(/,signature="[^"]*"/, '')],
    ['a signature that is not base64', (text: string) => text.replace(/signature="[^"]*"$/, 'signature="?"')],
    ['a quote that does not end', (text: string) => text.slice(0, -1)],
    ['a comma at its end', (text: string) => `${text},`],
    ['nothing in it', () => ' '],
    ['100 kB', (text: string) => `${text},x="${'x'.repeat(100_000)}"`],
    [
      'a keyId that is no address',
      (text: string) => text.replace(/keyId="[^"]*"/, 'keyId="javascript:alert(1)"'),
    ],
    ['a keyId of a file', (text: string) => text.replace(/keyId="[^"]*"/, 'keyId="file:///etc/passwd"')],
  ])('with %s is refused', async (_what, change) => {
    const request = draftRequest(alice);
    request.headers.signature = change(request.headers.signature!);
    expect(await check(request)).toBe('malformed_signature');
  });

  it('for another host is refused', async () => {
    expect(
      await check({
        ...draftRequest(alice),
        rawHeaders: draftRequest(alice).rawHeaders,
        origin: 'https://other.example',
      }),
    ).toBe('wrong_host');
  });

  it('may name its key by a handle, which is handed on as it is', async () => {
    const request = draftRequest(alice);
    request.headers.signature = request.headers.signature!.replace(alice.id, 'acct:peertube@peer.example');
    const asked: string[] = [];
    const findKey = async (keyId: string) => (asked.push(keyId), alice.key);
    expect(await verdict(request, { findKey })).toMatchObject({
      keyId: 'acct:peertube@peer.example',
      owner: alice.id,
    });
    expect(asked).toEqual(['acct:peertube@peer.example']);
  });

  it('is verified, not only read: one by another key is refused', async () => {
    const eve = await TestActor.create(alice.id);
    expect(await check(draftRequest(eve))).toBe('bad_signature');
    expect(await check(draftRequest(eve, { method: 'GET' }))).toBe('bad_signature');
  });

  it('by a key that is not known is refused', async () => {
    expect(await verdict(draftRequest(alice), { findKey: async () => null })).toBe('unknown_key');
  });

  it('by a key that changed is accepted after one fresh look, and a wrong one causes no more than that', async () => {
    const before = await TestActor.create(alice.id);
    const looks: boolean[] = [];
    const findKey = async (_keyId: string, { refresh }: { refresh: boolean }) => {
      looks.push(refresh);
      return refresh ? alice.key : before.key;
    };
    expect(await verdict(draftRequest(alice), { findKey })).toMatchObject({ owner: alice.id });
    const eve = await TestActor.create(alice.id);
    expect(await verdict(draftRequest(eve), { findKey })).toBe('bad_signature');
    expect(looks).toEqual([false, true, false, true]);
  });

  it('whose key cannot be had now is no refusal', async () => {
    const down = new Error('the host of the key does not answer');
    await expect(
      verifyRequest(draftRequest(alice), { now: NOW, findKey: () => Promise.reject(down) }),
    ).rejects.toBe(down);
  });
});

const describeRecorded = hasRecordings ? describe : describe.skip;
const posts: RecordedPost[] = hasRecordings
  ? recordedPosts().filter(({ request }) => request)
  : [{ name: 'PeerTube', body: Buffer.alloc(0) }];

describeRecorded('a request that PeerTube signed', () => {
  it.each(posts)(
    '$name is accepted as it was received, and refused with another byte',
    async ({ request, body }) => {
      const { method, path, headers } = request!;
      const recorded = {
        method,
        target: path,
        origin: `http://${headers.host}`,
        rawHeaders: Object.entries(headers).flat(),
        body,
      };
      const rules = { findKey: recordedKeys(), now: Date.parse(headers.date!), allowWeakKeys: true };
      expect(await verdict(recorded, rules)).toMatchObject({ owner: JSON.parse(String(body)).actor });
      expect(await verdict({ ...recorded, target: '/inbox/other' }, rules)).toBe('bad_signature');
      expect(await verdict({ ...recorded, body: Buffer.concat([body, Buffer.from(' ')]) }, rules)).toBe(
        'wrong_digest',
      );
      expect(await verdict(recorded, { ...rules, allowWeakKeys: false })).toBe('unacceptable_key');
    },
  );
});
