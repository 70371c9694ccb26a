import { describe, expect, it } from '@jest/globals';
import { document, redirect } from '../../testing/local-peer.js';
import { failure, useRemoteLab } from '../../testing/remote-lab.js';
import { type RemoteError } from './remote-error.js';

const lab = useRemoteLab();

describe('fetching a document', () => {
  it('says who asks and for what, and answers where it was, what it says and its tag', async () => {
    const site = await lab.peer({ '/a': document({ id: 'x' }, undefined, { etag: '"1"' }) });
    const found = await lab.client().getDocument(`${site.origin}/a#main-key`);
    expect(found).toEqual({ url: `${site.origin}/a`, json: { id: 'x' }, etag: '"1"' });
    expect(site.requests[0]).toMatchObject({
      path: '/a',
      headers: {
        host: site.host,
        'user-agent': 'Vidiverse/1.2.3 (+https://video.example)',
        accept: expect.stringMatching(/^application\/activity\+json, application\/ld\+json; profile=/),
      },
    });
  });

  it.each([
    ['application/activity+json', true],
    ['Application/Activity+JSON; charset=utf-8', true],
    ['application/ld+json; profile="https://www.w3.org/ns/activitystreams"', true],
    ['application/ld+json', false],
    ['application/ld+json; profile="https://evil.example/ns"', false],
    ['application/json', false],
    ['text/html', false],
    ['text/plain; x=application/activity+json', false],
  ])('of the type %s: %s', async (type, accepted) => {
    const site = await lab.peer({ '/a': document({}, type) });
    const code = await lab
      .client()
      .getDocument(`${site.origin}/a`)
      .then(
        () => true,
        (error: RemoteError) => error.code !== 'wrong_type' || error.retryable,
      );
    expect(code).toBe(accepted);
  });

  it('refuses what is not one JSON object', async () => {
    const site = await lab.peer({
      '/a': document('{"a":1,"a":2}'),
      '/b': document('[]'),
      '/c': document('{'),
    });
    for (const path of ['/a', '/b', '/c']) {
      const error = await failure(lab.client().getDocument(site.origin + path));
      expect(error).toMatchObject({ code: 'malformed', retryable: false });
    }
  });

  it.each([
    [404, false],
    [410, false],
    [401, false],
    [204, false],
    [429, true],
    [500, true],
    [503, true],
  ])('is an error with the status %i, and trying again makes sense: %s', async (status, retryable) => {
    const site = await lab.peer({
      '/a': (_request, response) => response.writeHead(status, { 'retry-after': '120' }).end(),
    });
    const error = await failure(lab.client().getDocument(`${site.origin}/a`));
    expect(error).toMatchObject({ code: 'bad_status', status, retryable, retryAfter: 120 });
  });
});

describe('posting', () => {
  it('sends the bytes and headers as they are, and answers status and Retry-After', async () => {
    const site = await lab.peer({
      '/inbox': (_request, response) => response.writeHead(429, { 'retry-after': '30' }).end('later'),
    });
    const headers = {
      'Content-Type': 'application/activity+json',
      Digest: 'SHA-256=x',
      Host: 'elsewhere.example',
    };
    const answer = await lab.client().post(`${site.origin}/inbox`, '{"a":"ä"}', headers);
    const date = expect.any(Date);
    const answered = expect.objectContaining({ 'retry-after': '30' });
    expect(answer).toEqual({
      status: 429,
      retryAfter: 30,
      date,
      headers: answered,
      body: Buffer.from('later'),
    });
    expect(site.requests[0]).toMatchObject({
      method: 'POST',
      body: '{"a":"ä"}',
      headers: { 'content-type': 'application/activity+json', digest: 'SHA-256=x', host: site.host },
    });
  });

  it('never goes on to another place', async () => {
    const site = await lab.peer({ '/inbox': redirect('/other', 307), '/other': document({}) });
    expect((await lab.client().post(`${site.origin}/inbox`, '{}', {})).status).toBe(307);
    expect(site.requests).toHaveLength(1);
  });

  it('reads 64 kB of the answer and lets the rest go', async () => {
    const site = await lab.peer({ '/inbox': document(Buffer.alloc(5_000_000)) });
    const answer = await lab.client().post(`${site.origin}/inbox`, '{}', {});
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toHaveLength(64 * 1024);
  });

  it('is answered with the status though the body never ends', async () => {
    const site = await lab.peer({
      '/inbox': (_request, response) => void response.writeHead(202, { 'retry-after': '5' }).write('so far'),
    });
    const answer = await lab.client({ deadline: 500 }).post(`${site.origin}/inbox`, '{}', {});
    expect(answer).toMatchObject({ status: 202, retryAfter: 5 });
  });
});
