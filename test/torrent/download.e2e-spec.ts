import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { sha256 } from '../support/upload-suite.js';
import { createSwarmSuite, fileOf, type PublishedFile, type SwarmSuite } from './support/swarm-suite.js';
import { type TorrentClient, startTorrentClient } from './support/torrent-client.js';

describe('a BitTorrent client without a browser', () => {
  let suite: SwarmSuite;
  let file: PublishedFile;
  let hash: string;
  let seed = 0;
  const clients: TorrentClient[] = [];

  beforeAll(async () => {
    suite = await createSwarmSuite();
  });
  beforeEach(async () => {
    seed += 1;
    file = await suite.publish({ frames: 200, seed });
    hash = sha256(await readFile(suite.storedAt(file)));
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.end())));
  afterAll(() => suite.close());

  function start(options?: Parameters<typeof startTorrentClient>[1]): TorrentClient {
    const client = startTorrentClient(file.torrentUrl, options);
    clients.push(client);
    return client;
  }

  test('gets the whole file by its .torrent from the WebSeed, byte for byte', async () => {
    const { sha256: got, infoHash, from } = await start().downloaded;
    expect([got, infoHash]).toEqual([hash, file.infoHash]);
    expect(from).toEqual({ webSeed: file.size, peers: 0 });
  });

  test('finds another by the HTTP tracker and gets the whole file from that one alone', async () => {
    await start().downloaded;
    const { sha256: got, from } = await start({ webSeeds: false }).downloaded;
    expect(got).toBe(hash);
    expect(from).toEqual({ webSeed: 0, peers: file.size });
    expect((await fileOf(suite.client, file.uuid)).swarm).toEqual({ seeders: 2, leechers: 0 });
  });
});
