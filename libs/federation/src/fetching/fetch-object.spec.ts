import { describe, expect, it } from '@jest/globals';
import { document, type LocalPeer, redirect } from '../../testing/local-peer.js';
import { failure, useRemoteLab } from '../../testing/remote-lab.js';
import { fetchObject } from './fetch-object.js';

const lab = useRemoteLab();

/** A server whose paths answer an object with the id at that path, or the whole URL, they are given. */
async function site(ids: Record<string, string>): Promise<LocalPeer> {
  const peer: LocalPeer = await lab.peer(
    Object.fromEntries(
      Object.entries(ids).map(([path, id]) => [
        path,
        (request, response) =>
          document({ id: id.startsWith('/') ? peer.origin + id : id })(request, response),
      ]),
    ) as Parameters<typeof lab.peer>[0],
  );
  return peer;
}

describe('fetching an object', () => {
  it('answers what has the id of its own address', async () => {
    const peer = await site({ '/a': '/a' });
    expect(await fetchObject(lab.client(), `${peer.origin}/a#key`)).toMatchObject({
      json: { id: `${peer.origin}/a` },
    });
  });

  it('asks at the id once more when it is another address of the same host', async () => {
    const peer = await site({ '/w/a': '/videos/a', '/videos/a': '/videos/a' });
    expect((await fetchObject(lab.client(), `${peer.origin}/w/a`)).url).toBe(`${peer.origin}/videos/a`);
    expect(peer.requests).toHaveLength(2);
  });

  it('refuses an id of another host, and asks nothing there', async () => {
    const victim = await site({ '/a': '/a' });
    const peer = await site({ '/a': `${victim.origin}/a` });
    expect(await failure(fetchObject(lab.client(), `${peer.origin}/a`))).toMatchObject({ code: 'wrong_id' });
    expect(victim.requests).toHaveLength(0);
  });

  it('refuses ids that lead on and on, and what has none', async () => {
    const peer = await site({ '/a': '/b', '/b': '/c', '/c': '/c', '/none': 'urn:x' });
    for (const path of ['/a', '/none']) {
      expect(await failure(fetchObject(lab.client(), peer.origin + path))).toMatchObject({
        code: 'wrong_id',
      });
    }
  });

  it('goes by the place where a redirect ended', async () => {
    const victim = await site({ '/a': '/a' });
    const peer = await lab.peer({ '/a': redirect(`${victim.origin}/a`) });
    expect((await fetchObject(lab.client(), `${peer.origin}/a`)).url).toBe(`${victim.origin}/a`);
  });
});
