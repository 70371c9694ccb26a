import { expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { serving } from '../support/mirror.js';
import { useSeeds } from '../support/seeds.js';
import { fetchTorrent } from '../support/torrents.js';
import { until } from '../support/uploads.js';

const { origin, mirror, untilIdle, newStory, fileOf, copiesOf, tell, rowOf } = useSeeds({
  VIDIVERSE_SEEDS_REPORT_PAUSE: '1',
  VIDIVERSE_SEEDS_REPORTS_PER_WINDOW: '5',
});

test('a mirror that goes bad is gone after one round that a viewer asks for, and back once it is well', async () => {
  const original = await newStory();
  mirror().serve('fickle', serving(original.bytes));
  await tell(mirror().create(mirror().cacheFile('fickle', original)));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  mirror().serve('fickle', serving(Buffer.alloc(original.bytes.length)));
  const report = { url: mirror().href('fickle'), fault: 'wrong-bytes', piece: 0 };
  const path = `/api/v1/videos/${original.uuid}/seed-reports`;
  const visitor = origin().administrator.visitor();
  await visitor.call('POST', path, { json: report });
  await until(async () => (await copiesOf(original)).length === 0, 'it is looked at and gone');
  mirror().serve('fickle', serving(original.bytes));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed again');
});

test('a mirror that fails again and again is dropped, and looked at no more however often it offers', async () => {
  const original = await newStory();
  const gone: RequestListener = (_request, response) => void response.writeHead(404).end();
  mirror().serve('dead', gone);
  const object = mirror().cacheFile('dead', original);
  await tell(mirror().create(object));
  await until(async () => (await rowOf(mirror().href('dead')))?.state === 'dropped', 'it is dropped');
  mirror().serve('dead', serving(original.bytes));
  const asked = mirror().peer.asked.length;
  expect(await tell(mirror().update(object))).toBe('applied');
  await untilIdle();
  expect(mirror().peer.asked.slice(asked)).toEqual([]);
  expect(await copiesOf(original)).toEqual([]);
});

test('an administrator drops a seed, and has it looked at again', async () => {
  const original = await newStory();
  mirror().serve('good', serving(original.bytes));
  const url = mirror().href('good');
  const listed = async () => (await copiesOf(original)).includes(url);
  await tell(mirror().create(mirror().cacheFile('good', original)));
  await until(listed, 'it is listed');
  const { id } = (await rowOf(url))!;
  const path = `/api/v1/server/seeds/${id}`;
  await origin().administrator.call('DELETE', path);
  expect(await listed()).toBe(false);
  expect(await rowOf(url)).toMatchObject({ state: 'dropped', lastError: 'An administrator dropped it.' });
  await tell(mirror().update(mirror().cacheFile('good', original)));
  await untilIdle();
  expect(await rowOf(url)).toMatchObject({ state: 'dropped' });
  await origin().administrator.call('POST', `${path}/check`);
  await until(listed, 'it is listed again');
  expect((await origin().administrator.ask('DELETE', '/api/v1/server/seeds/999999')).status).toBe(404);
  expect((await origin().administrator.visitor().ask('POST', `${path}/check`)).status).toBe(401);
});

test('the mirrors of a server that is blocked are listed no more', async () => {
  const original = await newStory();
  mirror().serve('blocked', serving(original.bytes));
  await tell(mirror().create(mirror().cacheFile('blocked', original)));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  await origin().administrator.blockServer('server/blocklist', new URL(mirror().peer.address).host);
  await until(async () => (await copiesOf(original)).length === 0, 'it is gone');
});

test('the mirrors of a video that is made unlisted are listed no more', async () => {
  const original = await newStory();
  mirror().serve('left', serving(original.bytes));
  await tell(mirror().create(mirror().cacheFile('left', original)));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  await origin().administrator.call('PUT', `/api/v1/videos/${original.uuid}`, { json: { privacy: 2 } });
  expect(await copiesOf(original)).toEqual([]);
  expect((await fetchTorrent((await fileOf(original)).torrentUrl)).urlList).toHaveLength(1);
});

test('a report names a seed that the video has, and not too often', async () => {
  const original = await newStory();
  const path = `/api/v1/videos/${original.uuid}/seed-reports`;
  const send = (json: object) =>
    fetch(origin().address + path, {
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
  mirror().serve('brief', serving(original.bytes));
  const ending = (expires: string) => mirror().cacheFile('brief', original, { expires });
  const inMilliseconds = (after: number) => new Date(Date.now() + after).toISOString();
  await tell(mirror().create(ending(inMilliseconds(3600_000))));
  await until(async () => (await copiesOf(original)).length === 1, 'it is listed');
  expect(await tell(mirror().update(ending(inMilliseconds(7200_000))))).toBe('applied');
  expect(await copiesOf(original)).toHaveLength(1);
  // On a slow machine the time may be over before the offer is read: then it gets longer.
  const endsIn = async (after: number): Promise<unknown> => {
    const outcome = await tell(mirror().update(ending(inMilliseconds(after))));
    return outcome === 'Its time is over.' ? endsIn(after * 2) : outcome;
  };
  expect(await endsIn(1_000)).toBe('applied');
  await until(async () => (await copiesOf(original)).length === 0, 'its time is over');
  await until(async () => (await rowOf(mirror().href('brief'))) === undefined, 'it is forgotten');
});
