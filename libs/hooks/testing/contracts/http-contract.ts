import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PluginHttp } from '../../src/host/plugin-http.js';
import type { AskedRequest } from '../memory-http.js';

/** What the other server answers; undefined: it breaks the line. */
export type Says = (
  request: Pick<AskedRequest, 'method' | 'headers' | 'body'>,
) => { status: number; body?: string } | undefined;

/** A version of the port, and a server to ask. */
export interface HttpLab {
  http: PluginHttp;
  /** The server answers so from now on. Its address. */
  serve(says: Says): string;
  drop(): Promise<void>;
}

/** What every version of the port promises, also one without a network. */
export function describePluginHttp(name: string, open: () => Promise<HttpLab>): void {
  describe(`asking other servers, ${name}`, () => {
    let lab: HttpLab;
    beforeEach(async () => {
      lab = await open();
    });
    afterEach(() => lab.drop());

    const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();

    test.each([200, 204, 404, 500])('%i is an answer', async (status) => {
      const url = lab.serve(() => ({ status }));
      expect((await lab.http.get(url)).status).toBe(status);
      expect((await lab.http.post(url, 'x')).status).toBe(status);
    });

    test('an answer comes byte by byte as it was said', async () => {
      const url = lab.serve(() => ({ status: 404, body: 'nichts für 🎬' }));
      expect(text(await lab.http.get(url))).toBe('nichts für 🎬');
    });

    test.each([
      ['text', 'für 🎬'],
      ['bytes', new TextEncoder().encode('für 🎬')],
    ])('%s are posted as they are', async (_what, body) => {
      const url = lab.serve((request) => ({ status: 200, body: `${request.method} ${request.body}` }));
      expect(text(await lab.http.post(url, body))).toBe('POST für 🎬');
    });

    test('headers are said', async () => {
      const url = lab.serve(({ method, headers }) => ({
        status: 200,
        body: `${method} ${headers['x-key']}`,
      }));
      const headers = { 'x-key': 'abc' };
      expect(text(await lab.http.get(url, { headers }))).toBe('GET abc');
      expect(text(await lab.http.post(url, '', { headers }))).toBe('POST abc');
    });

    test('a server that does not answer is unreachable, and may be asked another time', async () => {
      const url = lab.serve(() => undefined);
      const unreachable = { name: 'PluginHttpError', code: 'unreachable', retryable: true };
      await expect(lab.http.get(url)).rejects.toMatchObject(unreachable);
      await expect(lab.http.post(url, 'x')).rejects.toMatchObject(unreachable);
    });

    test('an answer larger than its limit is none', async () => {
      const url = lab.serve(() => ({ status: 200, body: 'x'.repeat(1001) }));
      await expect(lab.http.get(url, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'too_large' });
      expect((await lab.http.get(url, { maxBytes: 1001 })).body).toHaveLength(1001);
    });

    test('nobody is asked once the signal was given', async () => {
      let asked = 0;
      const url = lab.serve(() => ({ status: 200, body: `${++asked}` }));
      const signal = AbortSignal.abort();
      await expect(lab.http.get(url, { signal })).rejects.toMatchObject({ code: 'aborted' });
      await expect(lab.http.post(url, 'x', { signal })).rejects.toMatchObject({ code: 'aborted' });
      expect(asked).toBe(0);
    });

    test.each(['file:///etc/passwd', 'ftp://files.example/', 'not a URL'])('%s is refused', async (url) => {
      const refused = { code: 'refused', retryable: false };
      await expect(lab.http.get(url)).rejects.toMatchObject(refused);
      await expect(lab.http.post(url, 'x')).rejects.toMatchObject(refused);
    });
  });
}
