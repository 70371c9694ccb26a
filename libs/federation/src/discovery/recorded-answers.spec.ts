import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { document, type LocalPeer } from '../../testing/local-peer.js';
import { useRemoteLab } from '../../testing/remote-lab.js';
import { fetchObject } from '../fetching/fetch-object.js';
import { readJson } from '../vocabulary/read-json.js';
import { readNodeinfo } from './read-nodeinfo.js';

const FOLDER = '../shared/fixtures/peertube-6.3';
const RECORDED_AT = 'http://localhost:9001';
const describeRecorded = existsSync(FOLDER) ? describe : describe.skip;
const read = (name: string) => readFileSync(`${FOLDER}/${name}`, 'utf8');

const lab = useRemoteLab();

/** Serves a recorded object on a server of its own, as if it had been recorded there; answers its URL. */
async function serve(name: string): Promise<string> {
  const recorded = read(name);
  const { id } = JSON.parse(recorded) as { id: string };
  const { pathname } = new URL(id);
  const peer: LocalPeer = await lab.peer({
    [pathname]: (request, response) =>
      document(recorded.replaceAll(RECORDED_AT, peer.origin))(request, response),
  });
  return peer.origin + pathname;
}

describeRecorded('what PeerTube 6.3 answers', () => {
  it.each(['account', 'channel', 'instance'])('is fetched as the actor of an %s', async (kind) => {
    const url = await serve(`get-actor-${kind}.json`);
    const { json } = await fetchObject(lab.client(), url);
    expect(json.inbox).toBe(`${url}/inbox`);
  });

  it('is fetched as a video', async () => {
    const { json } = await fetchObject(lab.client(), await serve('get-video-activity.json'));
    expect(json).toMatchObject({ type: 'Create', object: { type: 'Video' } });
  });

  it('is read as NodeInfo', () => {
    expect(readNodeinfo(readJson(Buffer.from(read('get-nodeinfo-2.0.json'))))).toEqual({
      software: { name: 'peertube', version: '6.3.0' },
      protocols: ['activitypub'],
      openRegistrations: true,
      users: 1,
      localPosts: 2,
      localComments: 1,
      nodeName: 'PeerTube',
    });
  });
});
