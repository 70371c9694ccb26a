import { afterEach, expect, test } from '@jest/globals';
import { RemoteClient } from '@vidiverse/federation';
import type { TorrentPieces } from '@vidiverse/torrent';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.js';
import { SeedChecker, SeedFaultError } from './seed-checker.service.js';

const PIECE = 1000;
const COUNT = 40;
const FILE = randomBytes(PIECE * COUNT - 300);
const SAMPLE = 3;

const TORRENT: TorrentPieces = {
  infoHash: '0'.repeat(40),
  name: 'x.mp4',
  length: FILE.length,
  pieceLength: PIECE,
  count: COUNT,
  hashOf: (piece) =>
    createHash('sha1')
      .update(FILE.subarray(piece * PIECE, (piece + 1) * PIECE))
      .digest(),
  placeOf: (piece) => ({ start: piece * PIECE, end: Math.min((piece + 1) * PIECE, FILE.length) - 1 }),
};

let server: Server | undefined;
let client: RemoteClient | undefined;
afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

/** Checks a server that has these bytes; answers the pieces that it was asked for as well. */
async function check(bytes: Buffer, wanted: number | null = null) {
  const asked: number[] = [];
  server = createServer(({ headers }, response) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range!)!;
    asked.push(Number(from) / PIECE);
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}` });
    response.end(bytes.subarray(Number(from), Number(to) + 1));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  client = new RemoteClient({ version: '1', instanceUrl: 'https://we.example', allowPrivatePeers: true });
  const config = { seeds: { samplePieces: SAMPLE, checkTimeout: 60_000 } } as Config;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.mp4`;
  const signal = new AbortController().signal;
  const result = await new SeedChecker(config, client)
    .check(url, TORRENT, wanted, signal)
    .catch((error: Error) => error);
  return { result, asked };
}

test('some pieces of a good copy are fetched, others each time, and its speed is measured', async () => {
  const { result, asked } = await check(FILE);
  expect(result).toBeGreaterThan(0);
  expect(asked).toHaveLength(SAMPLE);
  expect(new Set(asked).size).toBe(SAMPLE);
  expect(asked[0]).toBe(0);
});

test('the piece that a viewer got wrong is among them', async () => {
  const wrong = Buffer.from(FILE);
  wrong[17 * PIECE + 5]! ^= 1;
  const { result, asked } = await check(wrong, 17);
  expect(result).toEqual(new SeedFaultError('Piece 17 has wrong bytes.'));
  expect(asked).toContain(17);
});

test('a piece that there is not is not asked for', async () => {
  const { result, asked } = await check(FILE, COUNT);
  expect(typeof result).toBe('number');
  expect(asked).not.toContain(COUNT);
});

test('the last piece is as short as it is', async () => {
  expect(typeof (await check(FILE, COUNT - 1)).result).toBe('number');
});

test('a copy of another length is refused', async () => {
  const { result } = await check(Buffer.concat([FILE, Buffer.alloc(1)]));
  expect(result).toEqual(
    new SeedFaultError(`Its file has ${FILE.length + 1} bytes instead of ${FILE.length}.`),
  );
});
