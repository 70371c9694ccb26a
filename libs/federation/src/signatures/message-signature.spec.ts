import { beforeAll, describe, expect, it } from '@jest/globals';
import { constants, createPublicKey, verify } from 'node:crypto';
import {
  type Draft,
  message,
  MINUTE,
  NOW,
  type Parts,
  SECOND,
  verdict,
} from '../../testing/signed-requests.js';
import { TestActor } from '../../testing/test-actor.js';
import { parseMessageSignature, signatureBase } from './message-signature.js';
import { RequestHeaders, type SignedRequest } from './request-headers.js';

const MASTODON = ['@method', '@target-uri', 'content-digest'];

describe('an HTTP Message Signature (RFC 9421)', () => {
  let alice: TestActor;

  beforeAll(async () => {
    alice = await TestActor.create();
  });

  const check = (request: SignedRequest) => verdict(request, { findKey: alice.findKey });
  const checkSigned = (parts: Parts, draft?: Draft) => check(message(alice, parts, draft));

  it.each([
    [MASTODON, '/inbox'],
    [['@method', '@authority', '@path', 'content-digest', 'date'], '/inbox'],
    [['@method', '@authority', '@path', '@query', 'content-digest'], '/inbox?a=b'],
    [[...MASTODON, '@authority', '@path', '@query'], '/inbox'],
  ])('over %j is accepted for %s', async (names, target) => {
    expect(await checkSigned({ names }, { target })).toEqual({
      keyId: alice.id,
      owner: alice.id,
      signedAt: new Date(NOW),
    });
  });

  it('is accepted for a GET without a digest', async () => {
    expect(await checkSigned({ names: ['@method', '@target-uri'] }, { method: 'GET' })).toMatchObject({
      owner: alice.id,
    });
  });

  it.each([
    [['@target-uri', 'content-digest'], '/inbox', 'header_not_signed'],
    [['@method', 'content-digest'], '/inbox', 'header_not_signed'],
    [['@method', '@path', 'content-digest'], '/inbox', 'header_not_signed'],
    [['@method', '@authority', '@path', 'content-digest'], '/inbox?a=b', 'header_not_signed'],
    [['@method', '@target-uri'], '/inbox', 'header_not_signed'],
    [[...MASTODON, '@method'], '/inbox', 'malformed_signature'],
    [[...MASTODON, '@status'], '/inbox', 'malformed_signature'],
    [[...MASTODON, '__proto__'], '/inbox', 'missing_header'],
    [[...MASTODON, 'Date'], '/inbox', 'malformed_signature'],
  ])('over %j is refused for a POST to %s', async (names, target, code) => {
    expect(await checkSigned({ names }, { target })).toBe(code);
  });

  it.each([
    ['no time', { created: '' }, 'outside_time_window'],
    ['a time 31 minutes ago', { created: (NOW - 31 * MINUTE) / SECOND }, 'outside_time_window'],
    ['a time in 31 minutes', { created: (NOW + 31 * MINUTE) / SECOND }, 'outside_time_window'],
    ['an end that has passed', { expires: NOW / SECOND - 1 }, 'outside_time_window'],
    ['no keyid', { keyid: '' }, 'malformed_signature'],
    ['a shared secret', { alg: 'hmac-sha256' }, 'unsupported_algorithm'],
    ['an unknown algorithm', { alg: 'none' }, 'unsupported_algorithm'],
  ])('with %s is refused', async (_what, parameters, code) => {
    expect(await checkSigned({ names: MASTODON, parameters })).toBe(code);
  });

  it.each(['rsa-v1_5-sha256', 'rsa-pss-sha512'])(
    'may be made with %s, and is then of that alone',
    async (alg) => {
      const request = message(alice, { names: MASTODON, parameters: { alg } });
      expect(await check(request)).toMatchObject({ owner: alice.id });
      const other = alg === 'rsa-v1_5-sha256' ? 'rsa-pss-sha512' : 'rsa-v1_5-sha256';
      const rawHeaders = request.rawHeaders.map((value) => value.replace(alg, other));
      expect(await check({ ...request, rawHeaders })).toBe('bad_signature');
    },
  );

  it('of another body is refused', async () => {
    const request = message(alice, { names: MASTODON });
    expect(await check({ ...request, rawHeaders: request.rawHeaders, body: Buffer.from('{}') })).toBe(
      'wrong_digest',
    );
  });

  it('of another method, address or host is refused', async () => {
    const request = message(alice, { names: MASTODON });
    const { rawHeaders } = request;
    expect(await check({ ...request, rawHeaders, target: '/other' })).toBe('bad_signature');
    expect(await check({ ...request, rawHeaders, method: 'PUT' })).toBe('bad_signature');
    expect(await check({ ...request, rawHeaders, origin: 'http://video.example' })).toBe('bad_signature');
    expect(await check({ ...request, rawHeaders, origin: 'https://other.example' })).toBe('wrong_host');
  });

  it.each([
    ['two inputs', 'signature-input', (value: string) => `${value}, sig2=("@method");created=1`],
    ['two signatures', 'signature', (value: string) => `${value}, sig2=:AAAA:`],
    ['a signature under another label', 'signature', (value: string) => value.replace('sig1', 'sig2')],
    ['one label twice', 'signature-input', (value: string) => `${value}, ${value}`],
    ['a parameter twice', 'signature-input', (value: string) => `${value};created=1`],
    ['an input that is no list', 'signature-input', () => 'sig1="x"'],
    ['a list that does not end', 'signature-input', () => 'sig1=("@method"'],
    ['a component that is a number', 'signature-input', () => 'sig1=(1);created=1;keyid="x"'],
    [
      'a part of a component',
      'signature-input',
      (value: string) => value.replace('"@method"', '"@method";req'),
    ],
    ['nothing in it', 'signature-input', () => ' '],
    ['10 kB', 'signature-input', (value: string) => `${value};nonce="${'x'.repeat(10_000)}"`],
  ])('with %s is refused', async (_what, header, change) => {
    const request = message(alice, { names: MASTODON }) as SignedRequest & {
      headers: Record<string, string>;
    };
    request.headers[header] = change(request.headers[header]!);
    expect(await check(request)).toBe('malformed_signature');
  });
});

/** RFC 9421 appendix B.1.1, B.1.2, B.2.3 and section 4.3. */
const KEY_RSA = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----`;
const KEY_PSS = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----`;
const CONTENT_DIGEST =
  'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:';
const B23_INPUT =
  '("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"';
const B23_SIGNATURE =
  'bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==';
const PROXY_INPUT =
  '("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540';
const PROXY_SIGNATURE =
  'S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==';

describe("the RFC's own examples", () => {
  const headers = {
    host: 'example.com',
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-digest': CONTENT_DIGEST,
    'content-length': '18',
  };
  const request = {
    method: 'POST',
    target: '/foo?param=Value&Pet=dog',
    origin: 'https://example.com',
    body: Buffer.from('{"hello": "world"}'),
  };
  const window = { now: 1618884473 * SECOND, clockSkew: MINUTE };
  const parse = (more: Record<string, string>, changed = {}) => {
    const rawHeaders = Object.entries({ ...headers, ...more }).flat();
    return parseMessageSignature(
      { ...request, ...changed, rawHeaders },
      new RequestHeaders(rawHeaders),
      window,
    );
  };

  it('B.2.3, full coverage with rsa-pss-sha512, is over the same text', () => {
    const names = [...B23_INPUT.matchAll(/"([^"]+)"(?=[ )])/g)].map(([, name]) => name!);
    const rawHeaders = Object.entries(headers).flat();
    const base = signatureBase(names, B23_INPUT, { ...request, rawHeaders }, new RequestHeaders(rawHeaders));
    const key = { key: KEY_PSS, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };
    expect(verify('sha512', Buffer.from(base), key, Buffer.from(B23_SIGNATURE, 'base64'))).toBe(true);
    const signature = { 'signature-input': `sig-b23=${B23_INPUT}`, signature: `sig-b23=:${B23_SIGNATURE}:` };
    expect(parse(signature).keyId).toBe('test-key-rsa-pss');
    // It does not name its algorithm; then it is taken for the one that the fediverse uses.
    expect(parse(signature).isBy(createPublicKey(KEY_PSS))).toBe(false);
  });

  it('4.3, of a proxy with rsa-v1_5-sha256, is by its key, and refused where it does not cover the query', () => {
    const more = {
      host: 'origin.host.internal.example',
      forwarded: 'for=192.0.2.123;host=example.com;proto=https',
      'signature-input': `proxy_sig=${PROXY_INPUT}`,
      signature: `proxy_sig=:${PROXY_SIGNATURE}:`,
    };
    const origin = 'https://origin.host.internal.example';
    expect(() => parse(more, { origin })).toThrow('@target-uri is not signed');
    const parsed = parse(more, { origin, target: '/foo' });
    expect(parsed.keyId).toBe('test-key-rsa');
    expect(parsed.isBy(createPublicKey(KEY_RSA))).toBe(true);
    expect(parsed.isBy(createPublicKey(KEY_PSS))).toBe(false);
  });

  it.each([
    ['B.2.1, over nothing', '()'],
    ['B.2.2, over a part of the query', '("@authority" "content-digest" "@query-param";name="Pet")'],
  ])('%s, does not cover enough', (_what, components) => {
    const input = `sig=${components};created=1618884473;keyid="test-key-rsa-pss"`;
    expect(() => parse({ 'signature-input': input, signature: 'sig=:AAAA:' })).toThrow();
  });
});
