import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { type Activity, Peer } from '../support/peer.js';
import {
  fileLink,
  makePublisher,
  outcomeOf,
  type Publisher,
  serveVideo,
  type VideoDocument,
  videoDocument,
} from '../support/peer-videos.js';
import { publishVideo, QUICK_PUBLISHING, type Video } from '../support/videos.js';

let instance: TestInstance;
let administrator: InstanceClient;
let peer: Peer;
let stranger: Peer;
let ada: Publisher;
let bob: Publisher;
let mallory: Publisher;
let ours: Video;

beforeAll(async () => {
  const environment = { ...QUICK_PUBLISHING, VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true' };
  instance = await createInstance({ environment });
  administrator = await administratorOf(instance);
  [peer, stranger] = [await Peer.open(), await Peer.open()];
  [ada, bob] = [await makePublisher(peer, 'ada'), await makePublisher(peer, 'bob')];
  mallory = await makePublisher(stranger, 'mallory');
  ours = await publishVideo(administrator, { name: 'One of ours' });
});
afterAll(async () => {
  await instance.close();
  await peer.close();
  await stranger.close();
});

const send = (activity: Activity, by = peer) => outcomeOf(by, administrator, activity);
const create = (video: VideoDocument, actor = ada.account) => send({ type: 'Create', actor, object: video });
const update = (video: VideoDocument, actor = ada.account, by = peer) =>
  send({ type: 'Update', actor, object: video }, by);
const nameOf = async ({ uuid }: { uuid: string }) => (await administrator.video(uuid)).name;
const isHere = async ({ uuid }: { uuid: string }) =>
  (await administrator.ask('GET', `/api/v1/videos/${uuid}`)).status === 200;

/** A video of Ada’s that is known here. */
const known = async (fields: Record<string, unknown> = {}) => {
  const video = serveVideo(peer, videoDocument(peer, ada, { name: 'Ada’s', ...fields }));
  expect(await create(video)).toBe('applied');
  return video;
};
const later = (video: VideoDocument, fields: Record<string, unknown>): VideoDocument => ({
  ...video,
  updated: new Date().toISOString(),
  ...fields,
});

describe('what is sent of a new video', () => {
  test('is a hint: its own address says how it is', async () => {
    const video = serveVideo(peer, videoDocument(peer, ada, { name: 'As it is' }));
    expect(await create({ ...video, name: 'As it is sent' })).toBe('applied');
    expect(await nameOf(video)).toBe('As it is');
  });

  test('is not believed when its address has nothing', async () => {
    const video = videoDocument(peer, ada);
    expect(await create(video)).toContain('404');
    expect(await isHere(video)).toBe(false);
  });

  test('by another account of the same server changes nothing', async () => {
    const video = serveVideo(peer, videoDocument(peer, ada));
    expect(await create(video, bob.account)).toBe('It is the video of another account.');
    expect(await isHere(video)).toBe(false);
  });

  test('of another server is not asked for', async () => {
    const video = serveVideo(stranger, videoDocument(stranger, mallory));
    expect(await create(video)).toMatch(/another instance|403/);
    expect(await isHere(video)).toBe(false);
  });

  test('with an id of ours is refused', async () => {
    const object = { ...videoDocument(peer, ada), id: `${instance.address}/videos/watch/${ours.uuid}` };
    expect(await create(object)).not.toBe('applied');
    expect(await nameOf(ours)).toBe('One of ours');
  });

  test('whose address leads to the id of another server is refused', async () => {
    const theirs = serveVideo(stranger, videoDocument(stranger, mallory));
    const path = `/videos/watch/${theirs.uuid}`;
    peer.serve(path, { ...theirs, '@context': 'https://www.w3.org/ns/activitystreams' });
    const result = await create({ ...theirs, id: peer.address + path });
    expect(result).toContain('another id');
    expect(await isHere(theirs)).toBe(false);
  });

  test('is known by its id alone, whatever pages it says are its own', async () => {
    const theirs = await known({ name: 'The real one' });
    const page = (href: string) => ({ type: 'Link', mediaType: 'text/html', href });
    const ourPage = `${instance.address}/videos/watch/${ours.uuid}`;
    const url = [page(theirs.id), page(ourPage), fileLink(stranger)];
    const impostor = serveVideo(stranger, videoDocument(stranger, mallory, { name: 'Impostor', url }));
    expect(await send({ type: 'Create', actor: mallory.account, object: impostor }, stranger)).toBe(
      'applied',
    );
    for (const [address, name] of [
      [theirs.id, 'The real one'],
      [ourPage, 'One of ours'],
    ] as const)
      expect(
        await administrator.call('GET', '/api/v1/search/videos', { query: { search: address } }),
      ).toMatchObject({
        data: [{ name }],
      });
  });

  test('with the UUID of another video does not hide that one', async () => {
    const video = serveVideo(peer, videoDocument(peer, ada, { uuid: ours.uuid, name: 'Not ours' }));
    expect(await create(video)).toBe('Another video has its UUID.');
    expect(await nameOf(ours)).toBe('One of ours');
  });

  test('without a channel of its own server, live, or not for everybody is left out', async () => {
    const foreign = [{ type: 'Group', id: mallory.channel }];
    for (const fields of [
      { attributedTo: foreign },
      { isLiveBroadcast: true },
      { to: [`${ada.account}/followers`], cc: [] },
      { state: 2 },
    ]) {
      const video = serveVideo(peer, videoDocument(peer, ada, fields));
      expect(await create(video)).not.toBe('applied');
      expect(await isHere(video)).toBe(false);
    }
  });
});

describe('an Update', () => {
  test('by its account, and by its channel, is taken', async () => {
    const video = await known();
    expect(await update(later(video, { name: 'By the account' }))).toBe('applied');
    expect(await nameOf(video)).toBe('By the account');
    expect(await update(later(video, { name: 'By the channel' }), ada.channel)).toBe('applied');
    expect(await nameOf(video)).toBe('By the channel');
  });

  test('by another account of the same server is refused, whatever it says of its owner', async () => {
    const video = await known();
    const forged = later(video, {
      name: 'Forged',
      attributedTo: [
        { type: 'Person', id: bob.account },
        { type: 'Group', id: bob.channel },
      ],
    });
    expect(await update(forged, bob.account)).toBe('It is the video of another account.');
    expect(await nameOf(video)).toBe('Ada’s');
  });

  test('by another server is refused', async () => {
    const video = await known();
    expect(await update(later(video, { name: 'Forged' }), mallory.account, stranger)).toMatch(/another|403/);
    expect(await nameOf(video)).toBe('Ada’s');
  });

  test('of a video of ours is refused', async () => {
    const forged = { ...videoDocument(peer, ada), id: `${instance.address}/videos/watch/${ours.uuid}` };
    expect(await update(forged)).not.toBe('applied');
    expect(await nameOf(ours)).toBe('One of ours');
  });

  test('that is older than what is known changes nothing; one of the same time does', async () => {
    const video = await known();
    const newer = later(video, { name: 'Newer' });
    expect(await update(newer)).toBe('applied');
    const old = { ...video, name: 'Older', updated: '2020-01-01T00:00:00.000Z' };
    expect(await update(old)).toBe('A newer version is known.');
    expect(await nameOf(video)).toBe('Newer');
    expect(await update({ ...newer, name: 'At the same time' })).toBe('applied');
    expect(await nameOf(video)).toBe('At the same time');
  });

  test('that moves it into a channel of another account is checked at its own address', async () => {
    const video = await known();
    const moved = later(video, { attributedTo: [{ type: 'Group', id: bob.channel }] });
    expect(await update(moved)).toBe('applied');
    expect(await administrator.video(video.uuid)).toMatchObject({ channel: { name: 'ada_channel' } });
  });
});

describe('a Delete', () => {
  test('by its account takes it away', async () => {
    const video = await known();
    expect(await send({ type: 'Delete', actor: ada.account, object: video.id })).toBe('applied');
    expect(await isHere(video)).toBe(false);
  });

  test('by anybody else is refused', async () => {
    const video = await known();
    const { id: object } = video;
    expect(await send({ type: 'Delete', actor: bob.account, object })).toBe(
      'It is the video of another account.',
    );
    expect(await send({ type: 'Delete', actor: mallory.account, object }, stranger)).not.toBe('applied');
    const own = `${instance.address}/videos/watch/${ours.uuid}`;
    expect(await send({ type: 'Delete', actor: ada.account, object: own })).not.toBe('applied');
    expect([await isHere(video), await isHere(ours)]).toEqual([true, true]);
  });

  test('that arrives before its Create or Announce leaves no ghost', async () => {
    const video = serveVideo(peer, videoDocument(peer, ada));
    await send({ type: 'Delete', actor: ada.account, object: video.id, published: new Date().toISOString() });
    expect(await create(video)).not.toBe('applied');
    expect(await send({ type: 'Announce', actor: ada.channel, object: video.id })).not.toBe('applied');
    expect(await isHere(video)).toBe(false);
  });

  test('is over when its owner shows the video again', async () => {
    const video = await known();
    await send({ type: 'Delete', actor: ada.account, object: video.id, published: new Date().toISOString() });
    serveVideo(peer, { ...video, updated: new Date(Date.now() + 1).toISOString() });
    expect(await send({ type: 'Announce', actor: ada.channel, object: video.id })).toBe('applied');
    expect(await isHere(video)).toBe(true);
  });
});

describe('an Announce', () => {
  test('by a person is none', async () => {
    const video = serveVideo(peer, videoDocument(peer, ada));
    expect(await send({ type: 'Announce', actor: ada.account, object: video.id })).toMatch(/Only instances/);
    expect(await isHere(video)).toBe(false);
  });

  test('of another server’s video has that server asked', async () => {
    const video = serveVideo(stranger, videoDocument(stranger, mallory, { name: 'Recommended' }));
    expect(await send({ type: 'Announce', actor: ada.channel, object: video.id })).toBe('applied');
    expect(await nameOf(video)).toBe('Recommended');
    const activity = { type: 'Announce', id: `${peer.address}/a`, actor: ada.channel, object: video.id };
    expect(await send({ type: 'Undo', actor: ada.channel, object: activity })).toBe('applied');
    expect(await isHere(video)).toBe(true);
  });
});

/** Serves another document at the address of an actor, with the key of before. */
const renamed = async (name: string, fields: object): Promise<Record<string, unknown>> => {
  const document = (await (await fetch(`${peer.address}/accounts/${name}`)).json()) as object;
  peer.serve(`/accounts/${name}`, { ...document, ...fields });
  return { ...document, ...fields };
};

test('a video of a blocked instance comes in by no detour', async () => {
  const { host } = new URL(stranger.address);
  const video = serveVideo(stranger, videoDocument(stranger, mallory));
  await administrator.call('POST', '/api/v1/server/blocklist/servers', { json: { host } });
  expect(await send({ type: 'Announce', actor: ada.channel, object: video.id })).toContain('blocked');
  await administrator.call('DELETE', `/api/v1/server/blocklist/servers/${host}`);
  expect(await isHere(video)).toBe(false);
});

describe('an actor', () => {
  test('is changed by itself alone, and as its own address says', async () => {
    await known();
    const object = { type: 'Person', id: ada.account, preferredUsername: 'ada', name: 'Forged' };
    expect(await send({ type: 'Update', actor: bob.account, object: ada.account })).not.toBe('applied');
    expect(await send({ type: 'Update', actor: bob.account, object })).not.toBe('applied');
    await renamed('ada', { name: 'Ada L.' });
    expect(await send({ type: 'Update', actor: ada.account, object: ada.account })).toBe('applied');
    expect(await administrator.account(`ada@${new URL(peer.address).host}`)).toMatchObject({
      displayName: 'Ada L.',
    });
  });

  test('does not become one of ours by an Update', async () => {
    const eve = await peer.actor('eve');
    const root = `${instance.address}/accounts/root`;
    const before = await (await fetch(root, { headers: { accept: 'application/activity+json' } })).json();
    await send({ type: 'Like', actor: eve, object: `${instance.address}/videos/watch/${ours.uuid}` });
    const object = await renamed('eve', { id: root, name: 'Eve' });
    expect(await send({ type: 'Update', actor: eve, object })).not.toBe('applied');
    expect(await send({ type: 'Update', actor: eve, object: eve })).not.toBe('applied');
    const after = await (await fetch(root, { headers: { accept: 'application/activity+json' } })).json();
    expect(after).toEqual(before);
  });

  test('that is gone takes its videos along, and nobody else’s', async () => {
    const carl = await makePublisher(peer, 'carl');
    const gone = serveVideo(peer, videoDocument(peer, carl));
    expect(await create(gone, carl.account)).toBe('applied');
    const stays = await known();
    expect(await send({ type: 'Delete', actor: bob.account, object: carl.account })).not.toBe('applied');
    expect(await send({ type: 'Delete', actor: carl.account, object: carl.account })).toBe('applied');
    expect([await isHere(gone), await isHere(stays)]).toEqual([false, true]);
  });
});

describe('what a video says beyond our limits', () => {
  test('is cut or left out, and the rest is shown', async () => {
    const far = '9999-12-31T23:59:59.000Z';
    const video = await known({
      name: 'x'.repeat(500),
      tag: Array.from({ length: 200 }, (_, index) => ({ type: 'Hashtag', name: `tag${index}` })),
      content: 'y'.repeat(20_000),
      mediaType: 'text/markdown',
      published: far,
      updated: far,
      language: { identifier: 'x'.repeat(60), name: 'x' },
      category: { identifier: '__proto__', name: 'x' },
      url: [
        ...Array.from({ length: 60 }, () => fileLink(peer)),
        fileLink(peer, { href: 'javascript:alert(1)' }),
        fileLink(peer, { href: 'file:///etc/passwd' }),
      ],
    });
    const shown = await administrator.video(video.uuid);
    expect(shown.name).toHaveLength(120);
    expect(shown.tags.length).toBeLessThanOrEqual(30);
    expect(shown.files).toHaveLength(50);
    expect(shown.category.id).toBeNull();
    expect(JSON.stringify(shown)).not.toMatch(/javascript:|file:/);
    expect(new Date(shown.updatedAt).getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('in one file leaves that file out, or its swarm, not the video', async () => {
    const magnet = (hash: string, height: number) => ({
      ...fileLink(peer, { height, mediaType: 'application/x-bittorrent;x-scheme-handler/magnet' }),
      href: `magnet:?xt=urn:btih:${hash}&xs=${encodeURIComponent(`${peer.address}/a.torrent`)}`,
    });
    const video = await known({
      url: [
        fileLink(peer, { height: 480 }),
        magnet('not a hash', 480),
        fileLink(peer, { height: 360 }),
        magnet('bef2aaefbeff6fa688d1dd8c9248981b6e312111', 360),
        fileLink(peer, { height: 240, size: 0 }),
      ],
    });
    const { files } = await administrator.video(video.uuid);
    expect(files.map(({ infoHash }) => infoHash)).toEqual([null, 'bef2aaefbeff6fa688d1dd8c9248981b6e312111']);
  });
});
