import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { document, redirect } from '../../testing/local-peer.js';
import { failure, until, useRemoteLab } from '../../testing/remote-lab.js';
import { FetchBudget } from './fetch-budget.js';

const lab = useRemoteLab();

describe('limits', () => {
  it('hold for the bytes that are announced, before any of them comes', async () => {
    const site = await lab.peer({
      '/a': (_request, response) =>
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': '2000' }).flushHeaders(),
    });
    const asked = lab.client().getBytes(`${site.origin}/a`, { maxBytes: 1_000, types: ['image/png'] });
    expect(await failure(asked)).toMatchObject({ code: 'too_large', retryable: false });
  });

  it.each([
    ['larger than wanted', 'image/png', 'too_large'],
    ['of a type that is not wanted', 'text/html', 'wrong_type'],
  ])('hold for a body without end that is %s: it is not loaded', async (_name, type, code) => {
    let gone = false;
    const site = await lab.peer({
      '/endless': (_request, response) => {
        response.on('close', () => (gone = true)).writeHead(200, { 'content-type': type });
        const write = () => void response.write(Buffer.alloc(64_000), (error) => error ?? write());
        write();
      },
    });
    const asked = lab.client().getBytes(`${site.origin}/endless`, { maxBytes: 1_000, types: ['image/png'] });
    expect(await failure(asked)).toMatchObject({ code, retryable: false });
    await until(() => gone);
  });

  it('hold for the bytes after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const site = await lab.peer({
      '/bomb': document(bomb, undefined, { 'content-encoding': 'gzip' }),
      '/small': document(gzipSync('{"id":"x"}'), undefined, { 'content-encoding': 'gzip' }),
      '/broken': document(gzipSync('{"id":"x"}').subarray(0, 20), undefined, { 'content-encoding': 'gzip' }),
      '/other': document('x', undefined, { 'content-encoding': 'br' }),
    });
    const ask = (path: string) => lab.client().getDocument(site.origin + path);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await failure(ask('/bomb'))).toMatchObject({ code: 'too_large' });
    expect((await ask('/small')).json).toEqual({ id: 'x' });
    expect(await failure(ask('/broken'))).toMatchObject({ code: 'malformed' });
    expect(await failure(ask('/other'))).toMatchObject({ code: 'malformed' });
  });

  it('hold for headers', async () => {
    const site = await lab.peer({ '/a': document({}, undefined, { 'x-large': 'x'.repeat(20_000) }) });
    expect(await failure(lab.client().getDocument(`${site.origin}/a`))).toMatchObject({ code: 'too_large' });
  });

  it('hold for the time in all, however busy an answer looks', async () => {
    let gone = 0;
    const site = await lab.peer({
      '/drip': (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/activity+json' });
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => {
          clearInterval(drip);
          gone++;
        });
      },
    });
    const begun = performance.now();
    const error = await failure(lab.client({ deadline: 300 }).getDocument(`${site.origin}/drip`));
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
    expect(performance.now() - begun).toBeLessThan(5_000);
    await until(() => gone === 1);
  });

  it('end a wait for headers, and one that nobody needs any more', async () => {
    const site = await lab.peer({ '/never': () => undefined });
    const slow = lab.client({ headersTimeout: 100 }).getDocument(`${site.origin}/never`);
    expect(await failure(slow)).toMatchObject({ code: 'timeout' });
    const abort = new AbortController();
    const asked = lab.client().getDocument(`${site.origin}/never`, { signal: abort.signal });
    abort.abort();
    expect(await failure(asked)).toMatchObject({ code: 'aborted', retryable: true });
  });

  it('let one message cause twenty requests, redirects included', async () => {
    const site = await lab.peer({ '/a': document({}), '/r': redirect('/a') });
    const asker = lab.client();
    const budget = new FetchBudget();
    for (let request = 0; request < 9; request++) await asker.getDocument(`${site.origin}/r`, { budget });
    await asker.getDocument(`${site.origin}/a`, { budget });
    expect(await failure(asker.getDocument(`${site.origin}/r`, { budget }))).toMatchObject({
      code: 'budget_spent',
      retryable: false,
    });
    expect(site.requests).toHaveLength(20);
  });
});
