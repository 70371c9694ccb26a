import { describe, expect, it } from '@jest/globals';
import { document, type LocalPeer } from '../../testing/local-peer.js';
import { failure, useRemoteLab } from '../../testing/remote-lab.js';
import { FetchBudget } from '../fetching/fetch-budget.js';
import { findActor, findInstanceActor, findNodeinfo } from './find-actor.js';
import { buildNodeinfoIndex } from './nodeinfo.js';
import { buildWebfinger } from './webfinger.js';

const lab = useRemoteLab();

interface Site {
  /** Path of the actor that NodeInfo names, or a whole URL; null for no NodeInfo. */
  application: string | null;
  /** Status of the NodeInfo index instead. */
  status?: number;
  /** Actor that WebFinger names, whatever it is asked. */
  finger?: string;
}

async function site({ application, status, finger = '/accounts/peertube' }: Site): Promise<LocalPeer> {
  const peer: LocalPeer = await lab.peer({
    '/.well-known/nodeinfo': (request, response) => {
      if (application === null) return void response.writeHead(status ?? 404).end();
      const actor = application.startsWith('/') ? peer.origin + application : application;
      return document(buildNodeinfoIndex(peer.origin, actor), 'application/json; charset=utf-8')(
        request,
        response,
      );
    },
    '/.well-known/webfinger': (request, response) => {
      const [name] = new URL(request.path, peer.origin).searchParams.get('resource')!.slice(5).split('@');
      const actor = finger.startsWith('/') ? peer.origin + finger : finger;
      const answer = buildWebfinger({ name, host: peer.host }, actor, peer.origin);
      document(answer, 'application/jrd+json')(request, response);
    },
    '/nodeinfo/2.1.json': document({ software: { name: 'vidiverse', version: '1' } }, 'application/json'),
  });
  return peer;
}

const paths = ({ requests }: LocalPeer) => requests.map(({ path }) => path.split('?')[0]);

describe('the actor of an instance', () => {
  it('is the one that NodeInfo calls its Application', async () => {
    const peer = await site({ application: '/actor' });
    expect(await findInstanceActor(lab.client(), peer.host)).toBe(`${peer.origin}/actor`);
    expect(paths(peer)).toEqual(['/.well-known/nodeinfo']);
  });

  it('is the account "peertube" where NodeInfo names none, or one of another host', async () => {
    for (const application of [null, 'https://evil.example/actor']) {
      const peer = await site({ application });
      expect(await findInstanceActor(lab.client(), peer.host)).toBe(`${peer.origin}/accounts/peertube`);
      expect(peer.requests[1].path).toContain(encodeURIComponent(`acct:peertube@${peer.host}`));
    }
  });

  it('is never one of another host', async () => {
    const peer = await site({ application: null, finger: 'https://evil.example/accounts/peertube' });
    expect(await failure(findInstanceActor(lab.client(), peer.host))).toMatchObject({ code: 'wrong_id' });
  });

  it('is not looked for elsewhere while the host fails, which may pass', async () => {
    const peer = await site({ application: null, status: 503 });
    const error = await failure(findInstanceActor(lab.client(), peer.host));
    expect(error).toMatchObject({ code: 'bad_status', status: 503, retryable: true });
    expect(paths(peer)).toEqual(['/.well-known/nodeinfo']);
  });

  it('is not asked of what is no host', async () => {
    for (const host of ['', 'a/b', 'user@example.com', 'exa mple.com', 'example.com?x']) {
      expect(await failure(findInstanceActor(lab.strictClient(), host))).toMatchObject({
        code: 'url_refused',
      });
    }
    expect(await failure(findInstanceActor(lab.strictClient(), '127.0.0.1'))).toMatchObject({
      code: 'address_refused',
    });
  });
});

describe('other finds', () => {
  it('an actor by its handle, which is a request of the budget', async () => {
    const peer = await site({ application: null, finger: '/accounts/alice' });
    const handle = { name: 'alice', host: peer.host };
    expect(await findActor(lab.client(), handle)).toBe(`${peer.origin}/accounts/alice`);
    const spent = await failure(findActor(lab.client(), handle, { budget: new FetchBudget(0) }));
    expect(spent).toMatchObject({ code: 'budget_spent' });
  });

  it('what an instance says of itself', async () => {
    const peer = await site({ application: '/actor' });
    expect((await findNodeinfo(lab.client(), peer.host)).software).toEqual({
      name: 'vidiverse',
      version: '1',
    });
    const silent = await site({ application: null });
    expect(await failure(findNodeinfo(lab.client(), silent.host))).toMatchObject({ status: 404 });
  });
});
