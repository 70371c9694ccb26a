import { describe, expect, it } from '@jest/globals';
import { document, redirect } from '../../testing/local-peer.js';
import { failure, useRemoteLab } from '../../testing/remote-lab.js';

const lab = useRemoteLab();

describe('redirects', () => {
  it('are followed three times, and signed anew for each place', async () => {
    const other = await lab.peer({ '/d': document({ id: 'd' }) });
    const site = await lab.peer({
      '/a': redirect('/b', 301),
      '/b': redirect('c?x=1', 307),
      '/c': redirect(`${other.origin}/d`, 308),
    });
    const found = await lab.client().getDocument(`${site.origin}/a`, {
      sign: ({ method, url }) => ({ Signature: `${method} ${url}` }),
    });
    expect(found.url).toBe(`${other.origin}/d`);
    expect([...site.requests, ...other.requests].map(({ headers }) => headers.signature)).toEqual([
      `GET ${site.origin}/a`,
      `GET ${site.origin}/b`,
      `GET ${site.origin}/c?x=1`,
      `GET ${other.origin}/d`,
    ]);
    expect(other.requests[0].headers.host).toBe(other.host);
  });

  it.each([
    ['to itself', redirect('/a'), 1],
    ['without end', (request, response) => redirect(`${request.path}0`)(request, response), 4],
    ['without a place', (_request, response) => response.writeHead(302).end(), 1],
  ] as Array<[string, ReturnType<typeof redirect>, number]>)(
    '%s are refused',
    async (_name, answer, asked) => {
      const site = await lab.peer({ '/a': answer, '/a0': answer, '/a00': answer, '/a000': answer });
      const error = await failure(lab.client().getDocument(`${site.origin}/a`));
      expect(error).toMatchObject({ code: 'redirect_refused', retryable: false });
      expect(site.requests).toHaveLength(asked);
    },
  );

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'address_refused'],
    ['http://[::ffff:127.0.0.1]/', 'address_refused'],
    ['file:///etc/passwd', 'url_refused'],
    ['http://user@127.0.0.1/', 'url_refused'],
    ['\\\\127.0.0.1\\x', 'url_refused'],
    ['//127.0.0.1:22/', 'url_refused'],
  ])('to %s are refused, also when signed', async (location, code) => {
    const site = await lab.peer({ '/a': redirect(location) });
    const error = await failure(
      lab.client().getDocument(`${site.origin}/a`, { sign: () => ({ signature: 'x' }) }),
    );
    expect(error).toMatchObject({ code, retryable: false });
    expect(site.requests).toHaveLength(1);
  });
});
