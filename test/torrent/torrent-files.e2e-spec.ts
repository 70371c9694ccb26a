import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTorrent } from '@vidiverse/torrent';
import parseTorrent from 'parse-torrent';
import { fetchTorrent, pieceHashes } from '../support/torrents.js';
import { createSwarmSuite, fileOf, type PublishedFile, type SwarmSuite } from './support/swarm-suite.js';
import { readTorrent } from './support/torrent-reader.js';

const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

describe('the torrent of a published file', () => {
  let suite: SwarmSuite;
  let file: PublishedFile;
  let trackers: string[];

  beforeAll(async () => {
    suite = await createSwarmSuite();
    file = await suite.publish({ frames: 60, name: 'Töne & Töpfe #1' });
    trackers = [`${suite.address.replace('http', 'ws')}/tracker/socket`, `${suite.address}/tracker/announce`];
  });
  afterAll(() => suite.close());

  test('reads the same by parse-torrent and straight from the specification', async () => {
    const content = await bytesOf(file.torrentUrl);
    const expected = {
      infoHash: file.infoHash,
      name: file.filename,
      length: file.size,
      pieceLength: 256 * 1024,
      urlList: [file.fileUrl],
    };
    const read = readTorrent(content);
    expect(read).toMatchObject({
      ...expected,
      announce: trackers[0],
      announceList: trackers.map((each) => [each]),
    });
    const parsed = await fetchTorrent(file.torrentUrl);
    expect(parsed).toMatchObject({ ...expected, pieces: read.pieces });
    expect(new Set(parsed.announce)).toEqual(new Set(trackers));
  });

  test('lists the pieces that the WebSeed serves, and its keys in the order of the format', async () => {
    const read = readTorrent(await bytesOf(file.torrentUrl));
    expect(read.pieces).toEqual(pieceHashes(await bytesOf(file.fileUrl), read.pieceLength));
    expect(read.keys).toEqual(read.keys.toSorted());
    expect(read.infoKeys).toEqual(['length', 'name', 'piece length', 'pieces']);
  });

  test('is the same, byte for byte, when it is built again from the stored file', async () => {
    const content = await bytesOf(file.torrentUrl);
    const { creationDate, name, length, announceList, urlList } = readTorrent(content);
    const again = await createTorrent({
      path: suite.storedAt(file),
      name,
      size: length,
      createdAt: new Date(creationDate * 1000),
      largePieceFrom: 100 * 1024 * 1024,
      trackers: announceList.flat(),
      webSeeds: urlList,
    });
    expect(again.content.equals(content)).toBe(true);
  });

  test('is served as a torrent, and the same as a download under the title', async () => {
    const served = await fetch(file.torrentUrl);
    expect(served.headers.get('content-type')).toBe('application/x-bittorrent');
    const download = await fetch(file.torrentUrl.replace('lazy-static', 'download'));
    expect(download.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('Töne & Töpfe #1').replace(/'/g, '%27')}`,
    );
    expect(await download.arrayBuffer()).toEqual(await served.arrayBuffer());
  });

  test('has a magnet link with xs, xt, dn, tr and ws, read the same by parse-torrent', async () => {
    expect([...new Set(new URL(file.magnetUri).searchParams.keys())]).toEqual(['xs', 'xt', 'dn', 'tr', 'ws']);
    const parsed = (await parseTorrent(file.magnetUri)) as { announce: string[] };
    expect(parsed).toMatchObject({
      infoHash: file.infoHash,
      xs: file.torrentUrl,
      dn: 'Töne & Töpfe #1',
      urlList: [file.fileUrl],
    });
    expect(new Set(parsed.announce)).toEqual(new Set(trackers));
  });

  test('is not changed by a new title: of the magnet link only dn is', async () => {
    const video = await suite.publish({ seed: 5, name: 'Before' });
    const before = await bytesOf(video.torrentUrl);
    await suite.client.updateVideo(video.uuid, { name: 'After' });
    const renamed = await fileOf(suite.client, video.uuid);
    expect(renamed).toEqual({ ...video, magnetUri: video.magnetUri.replace('dn=Before', 'dn=After') });
    expect((await bytesOf(renamed.torrentUrl)).equals(before)).toBe(true);
  });

  test('is there for open videos only, and gone with the video', async () => {
    const video = await suite.publish({ seed: 6 });
    const status = async () => (await fetch(video.torrentUrl)).status;
    await suite.client.updateVideo(video.uuid, { privacy: 3 });
    expect(await status()).toBe(404);
    await suite.client.updateVideo(video.uuid, { privacy: 2 });
    expect(await status()).toBe(200);
    await suite.client.removeVideo(video.uuid);
    expect(await status()).toBe(404);
  });
});
