import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { Peer } from '../support/peer.js';
import { publishVideo, QUICK_PUBLISHING, type Video } from '../support/videos.js';

const AS2 = 'application/activity+json';
let instance: TestInstance;
let administrator: InstanceClient;
let video: Video;
let host = '';

beforeAll(async () => {
  instance = await createInstance({
    environment: { ...QUICK_PUBLISHING, VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true' },
  });
  administrator = await administratorOf(instance);
  video = await publishVideo(administrator, { name: 'For everyone', tags: 'sea' });
  host = new URL(instance.address).host;
});
afterAll(async () => instance.close());

type Json = Record<string, unknown>;
const get = async (path: string, accept = AS2) => {
  const response = await fetch(path.startsWith('http') ? path : instance.address + path, {
    headers: { accept },
    redirect: 'manual',
  });
  const text = await response.text();
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Json;
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    text,
    json,
  };
};

test('WebFinger finds accounts, channels and the instance, by handle and by URL', async () => {
  for (const [name, path] of [
    ['root', '/accounts/root'],
    ['root_channel', '/video-channels/root_channel'],
    ['peertube', '/accounts/peertube'],
  ]) {
    for (const resource of [`acct:${name}@${host}`, instance.address + path]) {
      const { status, type, json } = await get(
        `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`,
        'application/jrd+json',
      );
      expect([status, type]).toEqual([200, expect.stringMatching(/^application\/jrd\+json/)]);
      expect(json.subject).toBe(`acct:${name}@${host}`);
      const self = (json.links as Json[]).find(({ rel }) => rel === 'self');
      expect(self).toEqual({ rel: 'self', type: AS2, href: instance.address + path });
    }
  }
});

test.each([
  ['nobody of ours', `acct:nobody@HOST`, 404],
  ['somebody elsewhere', 'acct:root@elsewhere.example', 404],
  ['no resource', '', 400],
  ['nonsense', 'root', 400],
])('WebFinger refuses %s', async (_what, resource, status) => {
  const asked = encodeURIComponent(resource.replace('HOST', host));
  const answer = await get(`/.well-known/webfinger?resource=${asked}`);
  expect([answer.status, answer.type]).toEqual([status, 'application/problem+json; charset=utf-8']);
});

test('NodeInfo leads to the instance actor and says how much is here', async () => {
  const { json: index } = await get('/.well-known/nodeinfo', 'application/json');
  const links = index.links as Array<{ rel: string; href: string }>;
  const application = links.find(({ rel }) => rel.endsWith('#Application'))!;
  expect((await get(application.href)).json).toMatchObject({
    type: 'Application',
    preferredUsername: 'peertube',
  });
  for (const version of ['2.0', '2.1']) {
    const { href } = links.find(({ rel }) => rel.endsWith(`/schema/${version}`))!;
    const { json } = await get(href, 'application/json');
    expect(json).toMatchObject({
      version,
      software: { name: 'vidiverse' },
      protocols: ['activitypub'],
      usage: { users: { total: 1 }, localPosts: 1 },
    });
  }
});

test('host-meta tells where WebFinger is', async () => {
  const template = `${instance.address}/.well-known/webfinger?resource={uri}`;
  expect((await get('/.well-known/host-meta', '*/*')).text).toContain(template);
  expect((await get('/.well-known/host-meta.json', '*/*')).text).toContain(template);
});

test('an account and a channel show who they are, with a key and where to write to them', async () => {
  const { json: account, type } = await get('/accounts/root');
  expect(type).toBe('application/activity+json; charset=utf-8');
  const id = `${instance.address}/accounts/root`;
  expect(account).toMatchObject({
    type: 'Person',
    id,
    inbox: `${id}/inbox`,
    endpoints: { sharedInbox: `${instance.address}/inbox` },
    publicKey: { id: `${id}#main-key`, owner: id },
  });
  expect((account.publicKey as Json).publicKeyPem).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  const { json: channel } = await get('/video-channels/root_channel');
  expect(channel).toMatchObject({ type: 'Group', attributedTo: [{ type: 'Person', id }] });
});

test('outboxes are read page by page: Creates of an account, Announces of channel and instance', async () => {
  const object = `${instance.address}/videos/watch/${video.uuid}`;
  for (const [actor, type, about] of [
    ['/accounts/root', 'Create', expect.objectContaining({ id: object })],
    ['/video-channels/root_channel', 'Announce', object],
    ['/accounts/peertube', 'Announce', object],
  ] as const) {
    const { json: collection } = await get(`${actor}/outbox`);
    expect(collection).toMatchObject({ type: 'OrderedCollection', totalItems: 1 });
    const { json: page } = await get(collection.first as string);
    expect(page).toMatchObject({
      type: 'OrderedCollectionPage',
      orderedItems: [{ type, actor: instance.address + actor, object: about }],
    });
    expect(page.next).toBeUndefined();
  }
});

test('followers and following are collections, and pages beyond their end are empty', async () => {
  for (const name of ['followers', 'following', 'playlists']) {
    expect((await get(`/accounts/peertube/${name}`)).json).toMatchObject({ totalItems: 0 });
  }
  expect((await get('/accounts/peertube/followers?page=7')).json).toMatchObject({ orderedItems: [] });
  expect((await get('/accounts/peertube/followers?page=0')).status).toBe(400);
});

test('a video is one address: an object for servers, a page for people', async () => {
  for (const path of [`/videos/watch/${video.uuid}`, `/w/${video.shortUUID}`]) {
    const { json, headers } = await get(path, `${AS2}, application/ld+json`);
    expect(json).toMatchObject({
      type: 'Video',
      id: `${instance.address}/videos/watch/${video.uuid}`,
      uuid: video.uuid,
      name: 'For everyone',
      to: ['https://www.w3.org/ns/activitystreams#Public'],
      tag: [{ type: 'Hashtag', name: 'sea' }],
    });
    expect(headers.get('vary')).toContain('Accept');
    expect((await get(path, 'text/html,application/xhtml+xml,*/*')).type).toContain('text/html');
    expect((await get(path, `text/html, ${AS2}`)).type).toContain('text/html');
  }
  const { json } = await get(`/videos/watch/${video.uuid}`);
  const links = json.url as Array<{ mediaType?: string; href: string }>;
  const kinds = links.map(({ mediaType }) => mediaType);
  for (const kind of ['text/html', 'video/mp4', 'application/x-bittorrent']) expect(kinds).toContain(kind);
  expect(links.find(({ mediaType }) => mediaType?.endsWith('x-scheme-handler/magnet'))!.href).toMatch(
    /^magnet:/,
  );
});

test('what is answered is the same for everybody, so that no cache can mix it up', async () => {
  const peer = await Peer.open();
  const id = await peer.actor('blocked');
  await administrator.blockServer('server/blocklist', new URL(peer.address).host);
  for (const path of ['/accounts/root', `/videos/watch/${video.uuid}`, '/accounts/root/followers']) {
    const plain = await get(path);
    const { headers } = await peer.request({ type: 'Like', actor: id }, instance.address, { inbox: path });
    const { signature, date } = headers as { signature: string; date: string };
    const signed = await fetch(instance.address + path, { headers: { accept: AS2, signature, date } });
    expect([signed.status, await signed.json()]).toEqual([200, plain.json]);
    expect(plain.headers.get('set-cookie')).toBeNull();
    expect(plain.headers.get('vary')).toContain('Accept');
  }
  await administrator.unblockServer('server/blocklist', new URL(peer.address).host);
  await peer.close();
});

test('people who open an actor’s id come to its page', async () => {
  const { status, headers } = await get('/accounts/root', 'text/html');
  expect([status, headers.get('location')]).toEqual([302, '/a/root']);
  expect((await get('/video-channels/root_channel', 'text/html')).headers.get('location')).toBe(
    '/c/root_channel',
  );
});

test('what is not for everyone is no object: private videos, unknown names, deleted ones', async () => {
  const hidden = await publishVideo(administrator, { name: 'For me', privacy: 3 });
  for (const path of [
    `/videos/watch/${hidden.uuid}`,
    `/videos/watch/${hidden.uuid}/activity`,
    '/accounts/nobody',
    '/video-channels/root',
    '/accounts/root_channel',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
});

test('an unlisted video is addressed to whoever has the link', async () => {
  const unlisted = await publishVideo(administrator, { name: 'By link', privacy: 2 });
  const { json } = await get(`/videos/watch/${unlisted.uuid}`);
  expect(json).toMatchObject({ to: [], cc: ['https://www.w3.org/ns/activitystreams#Public'] });
  expect((await get('/accounts/root/outbox')).json.totalItems).toBe(1);
});
