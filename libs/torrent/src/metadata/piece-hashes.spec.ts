import { describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTorrent } from './piece-hashes.js';
import { createTorrent } from './torrent-file.js';

const KIB = 1024;

describe('the pieces of a torrent', () => {
  it('are those of the file it was made from', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vidiverse-pieces-'));
    const bytes = randomBytes(600 * KIB);
    await writeFile(join(folder, 'file'), bytes);
    const { content, infoHash } = await createTorrent({
      path: join(folder, 'file'),
      name: 'abc-720.mp4',
      size: bytes.length,
      createdAt: new Date(),
      largePieceFrom: Infinity,
      trackers: [],
      webSeeds: ['https://video.example/abc-720.mp4'],
    });
    await rm(folder, { recursive: true });
    const torrent = readTorrent(content);
    expect(torrent).toMatchObject({ infoHash, name: 'abc-720.mp4', length: bytes.length, count: 3 });
    expect(torrent.placeOf(2)).toEqual({ start: 512 * KIB, end: 600 * KIB - 1 });
    for (let piece = 0; piece < torrent.count; piece += 1) {
      const { start, end } = torrent.placeOf(piece);
      const hash = createHash('sha1')
        .update(bytes.subarray(start, end + 1))
        .digest();
      expect(torrent.hashOf(piece).equals(hash)).toBe(true);
    }
  });

  const info = (fields: string) => Buffer.from(`d4:infod${fields}ee`);
  const HASH = 'h'.repeat(20);
  it.each([
    ['several files', `5:filesle6:lengthi1e4:name1:a12:piece lengthi1e6:pieces20:${HASH}`],
    ['too few hashes', `6:lengthi2e4:name1:a12:piece lengthi1e6:pieces20:${HASH}`],
    ['no length', `4:name1:a12:piece lengthi1e6:pieces20:${HASH}`],
    ['a negative length', `6:lengthi-1e4:name1:a12:piece lengthi1e6:pieces20:${HASH}`],
    ['an endless length', `6:lengthi9999999999999999e4:name1:a12:piece lengthi1e6:pieces20:${HASH}`],
    ['pieces of no bytes', `6:lengthi1e4:name1:a12:piece lengthi0e6:pieces20:${HASH}`],
    ['pieces of a gigabyte', `6:lengthi1e4:name1:a12:piece lengthi1073741824e6:pieces20:${HASH}`],
    ['a list where the name should be', `6:lengthi1e4:namele12:piece lengthi1e6:pieces20:${HASH}`],
  ])('are refused with %s', (_what, fields) => {
    expect(() => readTorrent(info(fields))).toThrow();
  });
});
