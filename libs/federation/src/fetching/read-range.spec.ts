import { describe, expect, it } from '@jest/globals';
import { type ServerResponse } from 'node:http';
import { redirect } from '../../testing/local-peer.js';
import { failure, useRemoteLab } from '../../testing/remote-lab.js';

const lab = useRemoteLab();
const BYTES = Buffer.from('0123456789');

const partial =
  (contentRange: string, body: Buffer | string, headers: Record<string, string> = {}) =>
  (_request: unknown, response: ServerResponse) =>
    void response.writeHead(206, { 'content-range': contentRange, ...headers }).end(body);

describe('a range of a file', () => {
  it('is handed on as it comes, with the size of the whole', async () => {
    const site = await lab.peer({ '/f': partial('bytes 2-4/10', BYTES.subarray(2, 5)) });
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer) => void chunks.push(chunk);
    expect(await lab.client().getRange(`${site.origin}/f`, { start: 2, end: 4, take })).toBe(10);
    expect(Buffer.concat(chunks).toString()).toBe('234');
    expect(site.requests[0]!.headers).toMatchObject({ range: 'bytes=2-4', 'accept-encoding': 'identity' });
  });

  it.each([
    ['other bytes', partial('bytes 0-2/10', '012'), 'malformed'],
    ['no range at all', partial('', '234'), 'malformed'],
    ['fewer bytes', partial('bytes 2-4/10', '23'), 'malformed'],
    ['more bytes', partial('bytes 2-4/10', '23456789'), 'too_large'],
    ['compressed bytes', partial('bytes 2-4/10', '234', { 'content-encoding': 'gzip' }), 'malformed'],
    ['the whole file', (_: unknown, response: ServerResponse) => void response.end(BYTES), 'malformed'],
    ['that it is elsewhere', redirect('/g'), 'bad_status'],
    ['that it is not there', (_: unknown, to: ServerResponse) => void to.writeHead(404).end(), 'bad_status'],
  ])('is refused when the answer has %s', async (_what, answer, code) => {
    const site = await lab.peer({ '/f': answer });
    const asked = lab.client().getRange(`${site.origin}/f`, { start: 2, end: 4, take: () => undefined });
    expect(await failure(asked)).toMatchObject({ code });
  });

  it('that stops in the middle is given up', async () => {
    const site = await lab.peer({
      '/f': (_request, response) => {
        response.writeHead(206, { 'content-range': 'bytes 0-9/10', 'content-length': 10 }).write('0');
      },
    });
    const asked = lab.client().getRange(`${site.origin}/f`, {
      start: 0,
      end: 9,
      take: () => undefined,
      deadline: 300,
    });
    expect(await failure(asked)).toMatchObject({ code: 'timeout' });
  });

  it('is asked of no address inside the network', async () => {
    const asked = lab
      .strictClient()
      .getRange('https://127.0.0.1/f', { start: 0, end: 1, take: () => undefined });
    expect(await failure(asked)).toMatchObject({ code: 'address_refused' });
  });
});
