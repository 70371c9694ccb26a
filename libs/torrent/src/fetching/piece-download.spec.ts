import { describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import type { TorrentPieces } from '../metadata/piece-hashes.js';
import { NoSeedLeftError, PieceDownload, type RangeReader } from './piece-download.js';
import { RateLimit } from './rate-limit.js';

const PIECE = 1000;
const bytes = randomBytes(20 * PIECE + 7);
const torrent: TorrentPieces = {
  infoHash: 'a'.repeat(40),
  name: 'file',
  length: bytes.length,
  pieceLength: PIECE,
  count: 21,
  hashOf: (piece) =>
    createHash('sha1')
      .update(bytes.subarray(piece * PIECE, (piece + 1) * PIECE))
      .digest(),
  placeOf: (piece) => ({ start: piece * PIECE, end: Math.min((piece + 1) * PIECE, bytes.length) - 1 }),
};
const OPTIONS = { runBytes: 3 * PIECE, connectionsPerSeed: 2, connections: 6, failures: 3 };
const SIGNAL = new AbortController().signal;

/** A file in memory, and what was written to it. */
function memoryFile(content = Buffer.alloc(bytes.length)) {
  const written: number[] = [];
  return {
    content,
    written,
    write: async (part: Buffer, position: number) => {
      written.push(position / PIECE);
      part.copy(content, position);
    },
    read: async (buffer: Buffer, position: number) => content.copy(buffer, 0, position),
  };
}

type Seed = (start: number, end: number) => Buffer | Promise<Buffer>;
const honest: Seed = (start, end) => bytes.subarray(start, end + 1);
const lying: Seed = (start, end) => randomBytes(end - start + 1);
const broken: Seed = () => Promise.reject(new Error('404'));

/** Seeds by name; answers come in chunks that end anywhere. */
function seeds(byName: Record<string, Seed>) {
  const asked: Array<{ seed: string; start: number; end: number }> = [];
  const read: RangeReader = async (seed, { start, end, take }) => {
    asked.push({ seed, start, end });
    await new Promise((resolve) => setImmediate(resolve));
    const answer = await byName[seed]!(start, end);
    for (let at = 0; at < answer.length; at += 777) await take(answer.subarray(at, at + 777));
  };
  return { asked, read, names: Object.keys(byName) };
}

describe('a file', () => {
  test('comes from all seeds at once, several pieces to a request, each piece once', async () => {
    const file = memoryFile();
    const { asked, read, names } = seeds({ a: honest, b: honest, c: honest });
    await new PieceDownload(torrent, file, read, OPTIONS).run(names, SIGNAL);
    expect(file.content.equals(bytes)).toBe(true);
    expect(new Set(asked.map(({ seed }) => seed))).toEqual(new Set(['a', 'b', 'c']));
    expect(asked).toHaveLength(11);
    expect(file.written.sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, piece) => piece));
  });

  test('has no wrong byte of a seed that lies, which is named and asked for nothing more', async () => {
    const file = memoryFile();
    const liars: string[] = [];
    const { asked, read, names } = seeds({ liar: lying, a: honest });
    const events = { onLiar: (seed: string) => void liars.push(seed) };
    await new PieceDownload(torrent, file, read, OPTIONS, events).run(names, SIGNAL);
    expect(file.content.equals(bytes)).toBe(true);
    expect(new Set(liars)).toEqual(new Set(['liar']));
    expect(asked.filter(({ seed }) => seed === 'liar').length).toBeLessThanOrEqual(2);
  });

  test('keeps the pieces that were right before the wrong one', async () => {
    const file = memoryFile();
    const halfHonest: Seed = (start, end) => {
      const answer = Buffer.from(honest(start, end) as Buffer);
      answer.fill(0, PIECE);
      return answer;
    };
    const { read } = seeds({ a: halfHonest });
    await expect(
      new PieceDownload(torrent, file, read, { ...OPTIONS, connections: 1 }).run(['a'], SIGNAL),
    ).rejects.toThrow(NoSeedLeftError);
    expect(file.written).toEqual([0]);
  });

  test('comes from a seed that there was no room for, when another fails', async () => {
    const file = memoryFile();
    const { read } = seeds({ broken, a: honest });
    const options = { ...OPTIONS, connections: 1 };
    await new PieceDownload(torrent, file, read, options).run(['broken', 'a'], SIGNAL);
    expect(file.content.equals(bytes)).toBe(true);
  });

  test('that nobody has is given up with the reason of each seed', async () => {
    const { read, names } = seeds({ broken, liar: lying });
    const download = new PieceDownload(torrent, memoryFile(), read, OPTIONS);
    await expect(download.run(names, SIGNAL)).rejects.toThrow(/broken: 404\..*liar: piece \d+ is not/);
  });

  test('is resumed from what is right on the disk', async () => {
    const content = Buffer.from(bytes);
    content.fill(0, 5 * PIECE, 6 * PIECE).fill(1, 20 * PIECE);
    const file = memoryFile(content);
    const { read, names } = seeds({ a: honest });
    const download = new PieceDownload(torrent, file, read, OPTIONS);
    expect(await download.resume(SIGNAL)).toBe(19 * PIECE);
    await download.run(names, SIGNAL);
    expect(file.written.sort((a, b) => a - b)).toEqual([5, 20]);
    expect(content.equals(bytes)).toBe(true);
  });

  test('ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const { read } = seeds({
      a: (start, end) => {
        stop.abort(new Error('enough'));
        return honest(start, end);
      },
    });
    const download = new PieceDownload(torrent, memoryFile(), read, OPTIONS);
    await expect(download.run(['a'], stop.signal)).rejects.toThrow('enough');
  });

  test('is no seed’s fault when our disk is full', async () => {
    const failures: string[] = [];
    const file = { ...memoryFile(), write: () => Promise.reject(new Error('ENOSPC')) };
    const { read, names } = seeds({ a: honest });
    const events = { onFailure: (seed: string) => void failures.push(seed) };
    const download = new PieceDownload(torrent, file, read, OPTIONS, events);
    await expect(download.run(names, SIGNAL)).rejects.toThrow('ENOSPC');
    expect(failures).toEqual([]);
  });
});

test('a limit of bytes a second holds for all who share it', async () => {
  const limit = new RateLimit(10_000);
  const begun = performance.now();
  await Promise.all(Array.from({ length: 5 }, () => limit.take(500)));
  expect(performance.now() - begun).toBeGreaterThanOrEqual(190);
});
