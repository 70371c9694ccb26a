import { expect, test } from '@jest/globals';
import { MemoryHttp } from '@vidiverse/hooks/testing';
import { readIndex } from './read-index.js';

const URL_OF_INDEX = 'https://index.example/api/v1/instances/hosts?since=2020';
const read = (answer: MemoryHttp['answer']) => readIndex(new MemoryHttp(answer), URL_OF_INDEX);
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ host: `h${from + index}.example` }));

/** A server that gives pages of at most `most` rows of `total`. */
const paged =
  (total: number, most: number): MemoryHttp['answer'] =>
  ({ url }) => {
    const { searchParams } = new URL(url);
    const start = Number(searchParams.get('start'));
    const end = Math.min(start + Math.min(most, Number(searchParams.get('count'))), total);
    return JSON.stringify({ total, data: rows(start, Math.max(start, end)) });
  };

test('all pages are read, whatever their size, with the parameters that the address has', async () => {
  const http = new MemoryHttp(paged(250, 100));
  const index = await readIndex(http, URL_OF_INDEX);
  expect([index.hosts.size, index.isWhole, http.asked.length]).toEqual([250, true, 3]);
  expect(http.asked[1]!.url).toBe(`${URL_OF_INDEX}&start=100&count=1000`);
});

test('plain text is read by lines', async () => {
  const index = await read(() => '\uFEFF# hosts\r\na.example\r\n\r\n B.example \nno host\n');
  expect(index).toEqual({ hosts: new Set(['a.example', 'b.example']), noHosts: 1, isWhole: true });
});

test('an index that gives the same page again, less than it says, or without end is not whole', async () => {
  const same = await read(() => JSON.stringify({ total: 5000, data: rows(0, 10) }));
  expect([same.hosts.size, same.isWhole]).toEqual([10, false]);
  const less = await read(({ url }) =>
    JSON.stringify({ total: 9, data: url.includes('start=0') ? rows(0, 3) : [] }),
  );
  expect([less.hosts.size, less.isWhole]).toEqual([3, false]);
  const endless = await read(paged(1_000_000, 1000));
  expect([endless.hosts.size, endless.isWhole]).toEqual([20_000, false]);
});

test('rows that are no hosts are counted', async () => {
  const data = [{ host: 'a.example' }, { host: 5 }, { host: 'https://x.example/' }, {}, null, 'text', []];
  expect(await read(() => JSON.stringify({ total: data.length, data }))).toMatchObject({ noHosts: 6 });
});

test.each([
  ['a page', '<!doctype html>', /page for people/],
  ['broken JSON', '{"total":', /broken/],
  ['JSON without a list', '{"total": 1}', /no list called data/],
  ['a list alone', '["a.example"]', /no list called data/],
  ['an empty list', '{"total": 0, "data": []}', /names no host/],
  ['nothing', '', /names no host/],
  ['an error', { status: 503, body: 'a.example' }, /status 503/],
])('%s is no index', async (_, answer, says) => {
  await expect(read(() => answer)).rejects.toThrow(says);
});
