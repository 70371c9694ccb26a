import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SeedReader } from './seed-reader';
import { TransferLedger } from './transfer-ledger';
import type { SeedFault } from './types';
import { WebSeeds } from './web-seeds';

const BYTES = Buffer.from('abcdefghij');
let servers: Server[];
beforeEach(() => {
  servers = [];
});
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function seed(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/1.mp4`;
}

const good: RequestListener = ({ headers }, response) => {
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range!)!;
  response.writeHead(206).end(BYTES.subarray(Number(from), Number(to) + 1));
};

/** What was read, seed by seed, and what was said of the seeds. `during` is told after each chunk. */
async function read(own: string, copy: string, during: (seeds: WebSeeds) => void = () => {}) {
  const faults: SeedFault[] = [];
  const seeds = new WebSeeds(own, [copy]);
  seeds.useCopies();
  // The copy is asked first: the own address is known to be slow.
  seeds.succeeded(own, 1, 1000);
  const reader = new SeedReader(seeds, new TransferLedger(), 0.5, (fault) => faults.push(fault));
  const parts: Array<[string, string]> = [];
  for await (const { seed: from, chunk } of reader.read(0, BYTES.length, new AbortController().signal)) {
    parts.push([from, Buffer.from(chunk).toString()]);
    during(seeds);
  }
  return { parts, faults };
}

test('a seed that falls silent is told of, and another goes on where it stopped', async () => {
  const own = await seed(good);
  const copy = await seed((_request, response) => void response.writeHead(206).write(BYTES.subarray(0, 4)));
  expect(await read(own, copy)).toEqual({
    parts: [
      [copy, 'abcd'],
      [own, 'efghij'],
    ],
    faults: [{ url: copy, fault: 'silent' }],
  });
});

test('a seed that drips is as good as a silent one', async () => {
  const own = await seed(good);
  const copy = await seed((_request, response) => {
    const drops = [...'abcd'];
    const drip = setInterval(() => response.write(drops.shift() ?? ''), 200);
    response.writeHead(206).on('close', () => clearInterval(drip));
  });
  const { parts, faults } = await read(own, copy);
  expect(parts.map(([, bytes]) => bytes).join('')).toBe(BYTES.toString());
  expect(parts.at(-1)![0]).toBe(own);
  expect(faults).toEqual([{ url: copy, fault: 'silent' }]);
});

test('seeds share a range, each with one request, and what comes is in order', async () => {
  const asked: string[] = [];
  const noted =
    (name: string): RequestListener =>
    (request, response) => {
      asked.push(`${name} ${request.headers.range}`);
      good(request, response);
    };
  const [own, copy] = [await seed(noted('own')), await seed(noted('copy'))];
  const seeds = new WebSeeds(own, [copy]);
  seeds.useCopies();
  for (const url of [own, copy]) seeds.succeeded(url, 100, 1);
  const reader = new SeedReader(seeds, new TransferLedger(), 0.5);
  const parts: Array<[string, string]> = [];
  for await (const { seed, chunk } of reader.read(0, BYTES.length, new AbortController().signal, 2))
    parts.push([seed, Buffer.from(chunk).toString()]);
  expect(asked.sort()).toEqual(['copy bytes=6-9', 'own bytes=0-5']);
  expect(parts).toEqual([
    [own, 'abcdef'],
    [copy, 'ghij'],
  ]);
});

test('one that fails in the middle of a shared range is replaced for its part', async () => {
  const own = await seed(good);
  const copy = await seed((_request, response) => void response.writeHead(404).end());
  const seeds = new WebSeeds(own, [copy]);
  seeds.useCopies();
  for (const url of [own, copy]) seeds.succeeded(url, 100, 1);
  const reader = new SeedReader(seeds, new TransferLedger(), 0.5);
  let text = '';
  for await (const { chunk } of reader.read(0, BYTES.length, new AbortController().signal, 2))
    text += Buffer.from(chunk).toString();
  expect(text).toBe(BYTES.toString());
  expect(seeds.best()).toBe(own);
});

test('a seed that does not have the file is told of', async () => {
  const own = await seed(good);
  const copy = await seed((_request, response) => void response.writeHead(404).end());
  expect(await read(own, copy)).toEqual({
    parts: [[own, BYTES.toString()]],
    faults: [{ url: copy, fault: 'failed' }],
  });
});

test('a seed that is dropped while it sends is left at once, and not told of again', async () => {
  const own = await seed(good);
  const copy = await seed((_request, response) => {
    response.writeHead(206).write(BYTES.subarray(0, 4));
    const rest = setInterval(() => response.write('?'), 20);
    response.on('close', () => clearInterval(rest));
  });
  const { parts, faults } = await read(own, copy, (seeds) => seeds.drop(copy));
  expect(parts).toEqual([
    [copy, 'abcd'],
    [own, 'efghij'],
  ]);
  expect(faults).toEqual([]);
});
