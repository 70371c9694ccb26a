import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { type LookupAddress } from 'node:dns';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startNameServer } from '../../testing/name-server.js';
import { failure, useRemoteLab } from '../../testing/remote-lab.js';
import { SELF_SIGNED } from '../../testing/self-signed.js';
import { publicResolver } from './host-resolver.js';

const lab = useRemoteLab();

const at = (...addresses: string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** A server that counts who comes: nobody may. */
async function canary(): Promise<{ port: number; visits: () => number }> {
  const peer = await lab.peer();
  return { port: Number(peer.host.split(':')[1]), visits: peer.connections };
}

describe('a connection to a host by name', () => {
  it.each([
    ['127.0.0.1'],
    ['1.1.1.1', '127.0.0.1'],
    ['::ffff:127.0.0.1'],
    ['::1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['64:ff9b::7f00:1'],
    ['fd00::1'],
  ])('is not made when the name leads to %s %s', async (...addresses) => {
    const { port, visits } = await canary();
    const asker = lab.strictClient(async () => at(...addresses.filter(Boolean)));
    const url = `https://rebinding.example:${port}/`;
    for (const ask of [asker.getDocument(url), asker.post(url, '{}', {})]) {
      expect(await failure(ask)).toMatchObject({ code: 'address_refused', retryable: false });
    }
    expect(visits()).toBe(0);
  });

  it('goes to the answer that was checked: the name is asked once for each connection', async () => {
    const asked: string[] = [];
    const asker = lab.strictClient(async (hostname) => {
      asked.push(hostname);
      return at(asked.length === 1 ? '192.0.2.1' : '127.0.0.1');
    });
    expect((await failure(asker.getDocument('https://rebinding.example/'))).code).toBe('address_refused');
    expect(asked).toEqual(['rebinding.example']);
  });

  it('fails for now when nobody knows the name', async () => {
    const names = await startNameServer({});
    lab.keep(names);
    const error = await failure(
      lab.strictClient(publicResolver([names.address])).getDocument('https://unknown.example/'),
    );
    expect(error).toMatchObject({ code: 'unresolved', retryable: true });
  });
});

describe('the resolver', () => {
  it('answers addresses of both families, and what there is when one is missing', async () => {
    const names = await startNameServer({
      'both.example': { A: '192.0.2.1', AAAA: '2001:db8::1' },
      'four.example': { A: '192.0.2.2' },
      'six.example': { AAAA: '2001:db8::2' },
    });
    lab.keep(names);
    const resolve = publicResolver([names.address]);
    expect(await resolve('both.example')).toEqual(at('192.0.2.1', '2001:db8::1'));
    expect(await resolve('four.example')).toEqual(at('192.0.2.2'));
    expect(await resolve('six.example')).toEqual(at('2001:db8::2'));
  });
});

describe('TLS', () => {
  it('is checked, also where the environment switches it off', async () => {
    let asked = 0;
    const server = createTlsServer(SELF_SIGNED, (_request, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    lab.keep({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
    const here = lab.client({}, async () => at('127.0.0.1'));
    expect(await failure(here.getDocument(url))).toMatchObject({ code: 'tls_failed', retryable: true });
    expect(await codeInProcess(url, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toBe('tls_failed');
    expect(asked).toBe(0);
  });
});

/** Asks from a process of its own, which runs the build: Jest's has a copy of the environment that Node does not read. */
async function codeInProcess(url: string, environment: Record<string, string>): Promise<string> {
  const library = pathToFileURL(resolvePath('libs/federation/dist/src/index.js')).href;
  const script = `
    const { RemoteClient } = await import(${JSON.stringify(library)});
    const client = new RemoteClient({ version: '1', instanceUrl: 'https://x.example', allowPrivatePeers: true });
    await client.getDocument(${JSON.stringify(url)}).catch((error) => console.log(error.code));
    await client.close();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, ...environment },
  });
  return stdout.trim();
}
