import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parseTorrent from 'parse-torrent';
import { readDictionary } from './bencode.js';
import { magnetUri } from './magnet-uri.js';
import { createTorrent, infoHashOf, type TorrentInput, withSources } from './torrent-file.js';

const MIB = 1024 * 1024;
const TRACKERS = ['wss://video.example/tracker/socket', 'https://video.example/tracker/announce'];
const WEB_SEEDS = ['https://video.example/static/web-videos/abc-720.mp4'];

describe('a torrent file', () => {
  let folder: string;
  let input: TorrentInput;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vidiverse-torrent-'));
    const path = join(folder, 'upload');
    await writeFile(path, randomBytes(MIB + 17));
    input = {
      path,
      name: 'abc-720.mp4',
      size: MIB + 17,
      createdAt: new Date('2026-01-02T03:04:05.678Z'),
      largePieceFrom: 100 * MIB,
      trackers: TRACKERS,
      webSeeds: WEB_SEEDS,
    };
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('says to a parser that is not ours what it was made from', async () => {
    const { infoHash, content } = await createTorrent(input);
    expect(await parseTorrent(content)).toMatchObject({
      infoHash,
      name: 'abc-720.mp4',
      length: MIB + 17,
      pieceLength: 256 * 1024,
      announce: TRACKERS,
      urlList: WEB_SEEDS,
      created: new Date('2026-01-02T03:04:06Z'),
      createdBy: 'Vidiverse',
    });
    expect(readDictionary(content).get('announce-list')!.toString()).toBe(
      `l${TRACKERS.map((tracker) => `l${tracker.length}:${tracker}e`).join('')}e`,
    );
  });

  it('is the same, byte for byte, at every build', async () => {
    const [first, second] = [await createTorrent(input), await createTorrent(input)];
    expect(first.content.equals(second.content)).toBe(true);
  });

  it('has larger pieces from the limit on', async () => {
    const { content } = await createTorrent({ ...input, largePieceFrom: input.size });
    expect(await parseTorrent(content)).toMatchObject({ pieceLength: MIB });
  });

  it('gets other WebSeeds and trackers without a change of the info hash', async () => {
    const { infoHash, content } = await createTorrent(input);
    const webSeeds = [...WEB_SEEDS, 'https://cache.example/static/redundancy/abc-720.mp4'];
    const changed = withSources(content, { trackers: TRACKERS, webSeeds });
    expect(infoHashOf(changed)).toBe(infoHash);
    expect(await parseTorrent(changed)).toMatchObject({ infoHash, urlList: webSeeds });
    expect(withSources(changed, { trackers: TRACKERS, webSeeds: WEB_SEEDS }).equals(content)).toBe(true);
  });

  it('is refused with a reason when the file is missing', async () => {
    await expect(createTorrent({ ...input, path: join(folder, 'nothing') })).rejects.toThrow('ENOENT');
  });

  it.each([
    ['no dictionary', 'i1e'],
    ['bytes after its end', 'd4:infodeex'],
    ['a text longer than the file', 'd4:info99:xe'],
    ['a length that is no number', 'd-1:ae'],
    ['lists 100,000 deep', `d4:info${'l'.repeat(100_000)}`],
    ['no end', 'd4:info'],
  ])('is refused with %s', (_what, content) => {
    expect(() => infoHashOf(Buffer.from(content))).toThrow();
  });
});

describe('a magnet link', () => {
  it('reads the same by another parser, and has the keys in the order of PeerTube', async () => {
    const link = magnetUri({
      infoHash: 'a'.repeat(40),
      name: 'Töne & Töpfe #1',
      trackers: TRACKERS,
      webSeeds: WEB_SEEDS,
      torrentUrl: 'https://video.example/lazy-static/torrents/abc-720.torrent',
    });
    expect(await parseTorrent(link)).toMatchObject({
      infoHash: 'a'.repeat(40),
      dn: 'Töne & Töpfe #1',
      announce: TRACKERS,
      urlList: WEB_SEEDS,
      xs: 'https://video.example/lazy-static/torrents/abc-720.torrent',
    });
    expect([...new URL(link).searchParams.keys()]).toEqual(['xs', 'xt', 'dn', 'tr', 'tr', 'ws']);
  });
});
