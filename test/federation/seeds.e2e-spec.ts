import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { type Original, serving } from '../support/mirror.js';
import { Peer } from '../support/peer.js';
import { useSeeds } from '../support/seeds.js';
import { fetchTorrent } from '../support/torrents.js';
import { until } from '../support/uploads.js';

const { follower, mirror, newStory, fileOf, copiesOf, tell, rowOf, checked } = useSeeds();
let third: Peer;

beforeAll(async () => {
  third = await Peer.open();
});
afterAll(() => third.close());

test('a good mirror is listed within 10 seconds: in the API, the magnet link and the .torrent, which stays the same torrent', async () => {
  const original = await newStory();
  mirror().serve('good', serving(original.bytes));
  const before = await fileOf(original);
  const torrentBefore = await fetch(before.torrentUrl);
  const begun = Date.now();
  expect(await tell(mirror().create(mirror().cacheFile('good', original)))).toBe('applied');
  await until(async () => (await copiesOf(original)).length > 0, 'the mirror is listed');
  expect(Date.now() - begun).toBeLessThan(10_000);

  const file = await fileOf(original);
  expect(file.webSeeds).toEqual([file.fileUrl, mirror().href('good')]);
  expect(file.redundancies).toEqual([{ baseUrl: `${mirror().peer.address}/static/redundancy/` }]);
  expect(new URLSearchParams(file.magnetUri.split('?')[1]).getAll('ws')).toEqual(file.webSeeds);
  const torrent = await fetchTorrent(file.torrentUrl);
  expect(torrent.urlList).toEqual(file.webSeeds);
  expect(torrent.infoHash).toBe(before.infoHash);

  const etag = (await fetch(file.torrentUrl)).headers.get('etag')!;
  expect(etag).not.toBe(torrentBefore.headers.get('etag'));
  const again = (tag: string) => fetch(file.torrentUrl, { headers: { 'if-none-match': tag } });
  expect((await again(etag)).status).toBe(304);
  expect((await again(torrentBefore.headers.get('etag')!)).status).toBe(200);
});

test('the origin passes the offer on once it is checked; a follower checks the copy itself and lists it, until it is taken back', async () => {
  const original = await newStory();
  mirror().serve('shared', serving(original.bytes));
  const object = mirror().cacheFile('shared', original);
  await tell(mirror().create(object));
  await until(async () => (await copiesOf(original, follower())).length > 0, 'the follower lists it too');
  expect(await copiesOf(original, follower())).toEqual([mirror().href('shared')]);

  expect(await tell(mirror().undo(object) as never)).toBe('applied');
  expect(await copiesOf(original)).toEqual([]);
  expect((await fetchTorrent((await fileOf(original)).torrentUrl)).urlList).toHaveLength(1);
  await until(async () => (await copiesOf(original, follower())).length === 0, 'the follower hears of it');
});

const stalling =
  (bytes: Buffer): RequestListener =>
  (_request, response) => {
    const range = `bytes 0-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { 'content-range': range, 'content-length': bytes.length });
    response.write(bytes.subarray(0, 1024));
  };
const redirecting =
  (location: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(302, { location }).end();

describe('a mirror is never listed that', () => {
  test.each<[string, (bytes: Buffer) => RequestListener, RegExp]>([
    [
      'lies: the right length with wrong bytes',
      (bytes) => serving(Buffer.alloc(bytes.length, 7)),
      /wrong bytes/,
    ],
    [
      'lies in a single byte',
      (bytes) => serving(Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])])),
      /wrong bytes/,
    ],
    ['stalls after 1 kB', stalling, /time|answer/i],
    ['answers 404', () => (_request, response) => void response.writeHead(404).end(), /404/],
    ['redirects to a third host', () => redirecting(`${third.address}/copy.mp4`), /302/],
    ['has a longer file', (bytes) => serving(Buffer.concat([bytes, bytes])), /bytes instead of/],
    [
      'has no ranges',
      (bytes) => (_request, response) => void response.writeHead(200).end(bytes),
      /no ranges/,
    ],
  ])('%s', async (_what, behaviour, why) => {
    const original = await newStory();
    third.answer('/copy.mp4', serving(original.bytes));
    mirror().serve('bad', behaviour(original.bytes));
    expect(await tell(mirror().create(mirror().cacheFile('bad', original)))).toBe('applied');
    const row = await checked(mirror().href('bad'));
    expect(row).toMatchObject({ throughput: null, lastError: expect.stringMatching(why) });
    expect(Boolean(row.told)).toBe(false);
    expect(await copiesOf(original)).toEqual([]);
    expect(third.asked).toEqual([]);
    expect(await rowOf(mirror().href('bad'), follower())).toBeUndefined();
    // It is looked at again soon: a stalling one would keep the origin busy during the next tests.
    mirror().serve('bad', (_request, response) => void response.writeHead(404).end());
  });
});

describe('an offer is refused', () => {
  test.each<[string, (original: Original) => Promise<object> | object, string]>([
    [
      'of a file at a third host',
      (original) =>
        mirror().cacheFile('x', original, { url: { href: `${third.address}/static/redundancy/x.mp4` } }),
      'The copy is at another server than the one that offers it.',
    ],
    [
      'whose time is over',
      (original) => mirror().cacheFile('x', original, { expires: '2026-01-01T00:00:00.000Z' }),
      'Its time is over.',
    ],
    [
      'of a file of another size',
      (original) => mirror().cacheFile('x', original, { url: { size: original.bytes.length + 1 } }),
      'The video has no file of this height and size.',
    ],
    [
      'of a file of another height',
      (original) => mirror().cacheFile('x', original, { url: { height: original.height + 1 } }),
      'The video has no file of this height and size.',
    ],
    [
      'of a video that there is not',
      (original) => mirror().cacheFile('x', original, { object: `${original.video.slice(0, -4)}0000` }),
      'There is no such video.',
    ],
    [
      'of HLS, of which there is none here',
      (original) => mirror().cacheFile('x', original, { url: { mediaType: 'application/x-mpegURL' } }),
      'There is no HLS here that could be copied.',
    ],
  ])('%s', async (_what, made, why) => {
    const original = await newStory();
    expect(await tell(mirror().create((await made(original)) as { id: string }))).toBe(why);
    expect(await copiesOf(original)).toEqual([]);
  });

  test('by a person', async () => {
    const original = await newStory();
    const person = await mirror().peer.actor('somebody');
    expect(await tell(mirror().create(mirror().cacheFile('x', original), person))).toBe(
      'Only instances offer copies of videos.',
    );
  });

  test('of an unlisted video: nobody was told of it', async () => {
    const original = await newStory({ privacy: 2 });
    expect(await tell(mirror().create(mirror().cacheFile('x', original)))).toBe('There is no such video.');
  });

  test('a second time under another name', async () => {
    const original = await newStory();
    await tell(mirror().create(mirror().cacheFile('once', original)));
    expect(await tell(mirror().create(mirror().cacheFile('twice', original)))).toBe(
      'It offers this file already.',
    );
  });

  test('when another actor of the same server changes or takes back what was offered', async () => {
    const original = await newStory();
    mirror().serve('own', serving(original.bytes));
    const object = mirror().cacheFile('own', original);
    await tell(mirror().create(object));
    const other = await mirror().peer.actor('other', { type: 'Application' });
    expect(await tell(mirror().update(object, other))).toBe('Another actor offered it.');
    expect(await tell(mirror().undo(object, other) as never)).toBe('Another actor offered it.');
    await until(async () => (await copiesOf(original)).length === 1, 'it is listed as before');
  });
});
