import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { DataSource } from 'typeorm';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { Mirror, type Original, publishOriginal, serving } from '../support/mirror.js';
import { outcomesAt } from '../support/outcomes.js';
import { Peer } from '../support/peer.js';
import { fetchTorrent } from '../support/torrents.js';
import { until } from '../support/uploads.js';

let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;
let mirror: Mirror;
let third: Peer;
const opened: Mirror[] = [];

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: {
      VIDIVERSE_SEEDS_SWEEP_INTERVAL: '100',
      VIDIVERSE_SEEDS_RETRY_DELAY: '300',
      VIDIVERSE_SEEDS_REPORT_PAUSE: '1',
      VIDIVERSE_SEEDS_REPORTS_PER_WINDOW: '5',
    },
  });
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  await follower.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
  third = await Peer.open();
});
afterAll(async () => {
  await instances.close();
  await Promise.all([third.close(), ...opened.map(({ peer }) => peer.close())]);
});

/** A video that was just published, its only file, and a cache instance that nobody has heard of. */
async function newStory(fields: Record<string, unknown> = {}): Promise<Original & { uuid: string }> {
  mirror = await Mirror.open();
  opened.push(mirror);
  const original = await publishOriginal(origin, fields);
  await instances.untilIdle();
  return original;
}

interface ApiFile {
  fileUrl: string;
  torrentUrl: string;
  infoHash: string;
  magnetUri: string;
  webSeeds: string[];
  redundancies: Array<{ baseUrl: string }>;
}

const fileOf = async ({ uuid }: { uuid: string }, at = origin): Promise<ApiFile> =>
  (await at.administrator.video(uuid)).files[0] as unknown as ApiFile;
const copiesOf = async (video: { uuid: string }, at = origin) => (await fileOf(video, at)).webSeeds.slice(1);
const tell = (activity: ReturnType<Mirror['create']>, at = origin) =>
  outcomesAt(at, mirror.peer)({ ...activity, id: activity.id }, { signed: true });

interface Row {
  state: string;
  throughput: number | null;
  told: number;
  lastError: string | null;
}
const rowOf = async (url: string, at = origin): Promise<Row | undefined> => {
  const rows = await at.nest.get(DataSource).query<Row[]>('SELECT * FROM web_seeds WHERE url = ?', [url]);
  return rows[0];
};
const checked = (url: string, at = origin) =>
  until(async () => {
    const row = await rowOf(url, at);
    return row && row.state !== 'unchecked' ? row : null;
  }, `${url} is checked`);

test('a good mirror is listed within 10 seconds: in the API, the magnet link and the .torrent, which stays the same torrent', async () => {
  const original = await newStory();
  mirror.serve('good', serving(original.bytes));
  const before = await fileOf(original);
  const torrentBefore = await fetch(before.torrentUrl);
  const begun = Date.now();
  expect(await tell(mirror.create(mirror.cacheFile('good', original)))).toBe('applied');
  await until(async () => (await copiesOf(original)).length > 0, 'the mirror is listed');
  expect(Date.now() - begun).toBeLessThan(10_000);

  const file = await fileOf(original);
  expect(file.webSeeds).toEqual([file.fileUrl, mirror.href('good')]);
  expect(file.redundancies).toEqual([{ baseUrl: `${mirror.peer.address}/static/redundancy/` }]);
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
  mirror.serve('shared', serving(original.bytes));
  const object = mirror.cacheFile('shared', original);
  await tell(mirror.create(object));
  await until(async () => (await copiesOf(original, follower)).length > 0, 'the follower lists it too');
  expect(await copiesOf(original, follower)).toEqual([mirror.href('shared')]);

  expect(await tell(mirror.undo(object) as never)).toBe('applied');
  expect(await copiesOf(original)).toEqual([]);
  expect((await fetchTorrent((await fileOf(original)).torrentUrl)).urlList).toHaveLength(1);
  await until(async () => (await copiesOf(original, follower)).length === 0, 'the follower hears of it');
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
    mirror.serve('bad', behaviour(original.bytes));
    expect(await tell(mirror.create(mirror.cacheFile('bad', original)))).toBe('applied');
    const row = await checked(mirror.href('bad'));
    expect(row).toMatchObject({ throughput: null, lastError: expect.stringMatching(why) });
    expect(Boolean(row.told)).toBe(false);
    expect(await copiesOf(original)).toEqual([]);
    expect(third.asked).toEqual([]);
    expect(await rowOf(mirror.href('bad'), follower)).toBeUndefined();
  });
});

describe('an offer is refused', () => {
  test.each<[string, (original: Original) => Promise<object> | object, string]>([
    [
      'of a file at a third host',
      (original) =>
        mirror.cacheFile('x', original, { url: { href: `${third.address}/static/redundancy/x.mp4` } }),
      'The copy is at another server than the one that offers it.',
    ],
    [
      'whose time is over',
      (original) => mirror.cacheFile('x', original, { expires: '2026-01-01T00:00:00.000Z' }),
      'Its time is over.',
    ],
    [
      'of a file of another size',
      (original) => mirror.cacheFile('x', original, { url: { size: original.bytes.length + 1 } }),
      'The video has no file of this height and size.',
    ],
    [
      'of a file of another height',
      (original) => mirror.cacheFile('x', original, { url: { height: original.height + 1 } }),
      'The video has no file of this height and size.',
    ],
    [
      'of a video that there is not',
      (original) => mirror.cacheFile('x', original, { object: `${original.video.slice(0, -4)}0000` }),
      'There is no such video.',
    ],
    [
      'of HLS, of which there is none here',
      (original) => mirror.cacheFile('x', original, { url: { mediaType: 'application/x-mpegURL' } }),
      'There is no HLS here that could be copied.',
    ],
  ])('%s', async (_what, made, why) => {
    const original = await newStory();
    expect(await tell(mirror.create((await made(original)) as { id: string }))).toBe(why);
    expect(await copiesOf(original)).toEqual([]);
  });

  test('by a person', async () => {
    const original = await newStory();
    const person = await mirror.peer.actor('somebody');
    expect(await tell(mirror.create(mirror.cacheFile('x', original), person))).toBe(
      'Only instances offer copies of videos.',
    );
  });

  test('of an unlisted video: nobody was told of it', async () => {
    const original = await newStory({ privacy: 2 });
    expect(await tell(mirror.create(mirror.cacheFile('x', original)))).toBe('There is no such video.');
  });

  test('a second time under another name', async () => {
    const original = await newStory();
    await tell(mirror.create(mirror.cacheFile('once', original)));
    expect(await tell(mirror.create(mirror.cacheFile('twice', original)))).toBe(
      'It offers this file already.',
    );
  });

  test('when another actor of the same server changes or takes back what was offered', async () => {
    const original = await newStory();
    mirror.serve('own', serving(original.bytes));
    const object = mirror.cacheFile('own', original);
    await tell(mirror.create(object));
    const other = await mirror.peer.actor('other', { type: 'Application' });
    expect(await tell(mirror.update(object, other))).toBe('Another actor offered it.');
    expect(await tell(mirror.undo(object, other) as never)).toBe('Another actor offered it.');
    await until(async () => (await copiesOf(original)).length === 1, 'it is listed as before');
  });
});

test('a mirror that goes bad is gone after one round that a viewer asks for, and back once it is well', async () => {
  const original = await newStory();
  mirror.serve('fickle', serving(original.bytes));
  await tell(mirror.create(mirror.cacheFile('fickle', original)));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  mirror.serve('fickle', serving(Buffer.alloc(original.bytes.length)));
  const report = { url: mirror.href('fickle'), fault: 'wrong-bytes', piece: 0 };
  const path = `/api/v1/videos/${original.uuid}/seed-reports`;
  const visitor = origin.administrator.visitor();
  await visitor.call('POST', path, { json: report });
  await until(async () => (await copiesOf(original)).length === 0, 'it is looked at and gone');
  mirror.serve('fickle', serving(original.bytes));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed again');
});

test('a mirror that fails again and again is dropped, and looked at no more however often it offers', async () => {
  const original = await newStory();
  const gone: RequestListener = (_request, response) => void response.writeHead(404).end();
  mirror.serve('dead', gone);
  const object = mirror.cacheFile('dead', original);
  await tell(mirror.create(object));
  await until(async () => (await rowOf(mirror.href('dead')))?.state === 'dropped', 'it is dropped');
  mirror.serve('dead', serving(original.bytes));
  const asked = mirror.peer.asked.length;
  expect(await tell(mirror.update(object))).toBe('applied');
  await instances.untilIdle();
  expect(mirror.peer.asked.slice(asked)).toEqual([]);
  expect(await copiesOf(original)).toEqual([]);
});

test('an administrator drops a seed, and has it looked at again', async () => {
  const original = await newStory();
  mirror.serve('good', serving(original.bytes));
  const url = mirror.href('good');
  const listed = async () => (await copiesOf(original)).includes(url);
  await tell(mirror.create(mirror.cacheFile('good', original)));
  await until(listed, 'it is listed');
  const { id } = (await rowOf(url)) as Row & { id: number };
  const path = `/api/v1/server/seeds/${id}`;
  await origin.administrator.call('DELETE', path);
  expect(await listed()).toBe(false);
  expect(await rowOf(url)).toMatchObject({ state: 'dropped', lastError: 'An administrator dropped it.' });
  await tell(mirror.update(mirror.cacheFile('good', original)));
  await instances.untilIdle();
  expect(await rowOf(url)).toMatchObject({ state: 'dropped' });
  await origin.administrator.call('POST', `${path}/check`);
  await until(listed, 'it is listed again');
  expect((await origin.administrator.ask('DELETE', '/api/v1/server/seeds/999999')).status).toBe(404);
  expect((await origin.administrator.visitor().ask('POST', `${path}/check`)).status).toBe(401);
});

test('the mirrors of a server that is blocked are listed no more', async () => {
  const original = await newStory();
  mirror.serve('blocked', serving(original.bytes));
  await tell(mirror.create(mirror.cacheFile('blocked', original)));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  await origin.administrator.blockServer('server/blocklist', new URL(mirror.peer.address).host);
  await until(async () => (await copiesOf(original)).length === 0, 'it is gone');
});

test('the mirrors of a video that is made unlisted are listed no more', async () => {
  const original = await newStory();
  mirror.serve('left', serving(original.bytes));
  await tell(mirror.create(mirror.cacheFile('left', original)));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  await origin.administrator.call('PUT', `/api/v1/videos/${original.uuid}`, { json: { privacy: 2 } });
  expect(await copiesOf(original)).toEqual([]);
  expect((await fetchTorrent((await fileOf(original)).torrentUrl)).urlList).toHaveLength(1);
});

test('a report names a seed that the video has, and not too often', async () => {
  const original = await newStory();
  const path = `/api/v1/videos/${original.uuid}/seed-reports`;
  const send = (json: object) =>
    fetch(origin.address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    }).then(({ status }) => status);
  expect(await send({ url: '', fault: 'rude' })).toBe(400);
  const statuses: number[] = [];
  for (let turn = 0; turn < 6; turn += 1)
    statuses.push(await send({ url: 'https://nobody.example/x.mp4', fault: 'silent' }));
  expect(statuses).toContain(404);
  expect(statuses.at(-1)).toBe(429);
});

test('an offer ends with its time, which an Update can move', async () => {
  const original = await newStory();
  mirror.serve('brief', serving(original.bytes));
  const ending = (expires: string) => mirror.cacheFile('brief', original, { expires });
  const inMilliseconds = (after: number) => new Date(Date.now() + after).toISOString();
  await tell(mirror.create(ending(inMilliseconds(3600_000))));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  expect(await tell(mirror.update(ending(inMilliseconds(7200_000))))).toBe('applied');
  expect(await copiesOf(original)).toHaveLength(1);
  expect(await tell(mirror.update(ending(inMilliseconds(8_000))))).toBe('applied');
  await until(async () => (await copiesOf(original)).length === 0, 'its time is over');
  await until(async () => (await rowOf(mirror.href('brief'))) === undefined, 'it is forgotten');
});
