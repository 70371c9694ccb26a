import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Client from 'bittorrent-tracker/client';
import { until } from '../support/uploads.js';
import { createSwarmSuite, fileOf, type PublishedFile, type SwarmSuite } from './support/swarm-suite.js';
import { type Counts, TrackerPeer, type TrackerPeerOptions } from './support/tracker-peer.js';

const UNKNOWN = 'f'.repeat(40);

describe('the tracker of an instance, to the client of WebTorrent,', () => {
  let suite: SwarmSuite;
  let file: PublishedFile;
  let other: PublishedFile;
  const opened: TrackerPeer[] = [];

  beforeAll(async () => {
    suite = await createSwarmSuite({ VIDIVERSE_TRACKER_ANNOUNCE_INTERVAL: '45' });
    file = await suite.publish({ seed: 1 });
    other = await suite.publish({ seed: 2 });
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((peer) => peer.close()));
    await until(async () => (await swarm()).leechers + (await swarm()).seeders === 0, 'everyone has left');
  });
  afterAll(() => suite.close());

  function peer(infoHash = file.infoHash, options: TrackerPeerOptions = {}): TrackerPeer {
    const created = new TrackerPeer(suite.address, infoHash, options);
    opened.push(created);
    return created;
  }

  /** What the page shows of the swarm. */
  async function swarm(): Promise<{ seeders: number; leechers: number; infoHash: string }> {
    const response = await fetch(`${suite.address}/api/v1/videos/${file.uuid}/swarm`);
    const { files } = (await response.json()) as {
      files: Array<{ seeders: number; leechers: number; infoHash: string }>;
    };
    return files[0]!;
  }

  const scrape = (infoHash: string | string[], by: string): Promise<unknown> =>
    new Promise((resolve, reject) =>
      Client.scrape({ infoHash, announce: by }, (error, result) => (error ? reject(error) : resolve(result))),
    );

  test('answers an announce by web socket with counts and the configured interval', async () => {
    expect(await peer().join()).toMatchObject({ complete: 0, incomplete: 1, interval: 45 });
    expect(await peer().join({ left: 0 })).toMatchObject({ complete: 1, incomplete: 1 });
  });

  test('lets two peers find each other: offer and answer go to and fro', async () => {
    const [first, second] = [peer(), peer()];
    await first.join();
    await second.join();
    await until(async () => second.found.length > 0 && first.found.length > 0, 'both are found');
    expect(first.found).toMatchObject([{ id: second.peerId, initiator: false }]);
    expect(second.found).toMatchObject([{ id: first.peerId, initiator: true }]);
    expect([first.warnings, second.warnings]).toEqual([[], []]);
  });

  test('keeps swarms apart: nobody is told of the peers of another file', async () => {
    const [here, there] = [peer(), peer(other.infoHash)];
    await here.join();
    expect(await there.join()).toMatchObject({ incomplete: 1 });
    await here.scrape();
    expect([here.found, there.found]).toEqual([[], []]);
  });

  test('tells HTTP peers each other’s address, compact as clients ask for it', async () => {
    const [first, second] = [
      peer(file.infoHash, { by: 'announce', port: 7001 }),
      peer(file.infoHash, { by: 'announce', port: 7002 }),
    ];
    expect(await first.join()).toMatchObject({ complete: 0, incomplete: 1, interval: 45 * 5 });
    expect(await second.join()).toMatchObject({ incomplete: 2 });
    expect(second.found).toContain('127.0.0.1:7001');
    await Promise.all([first.leave(), second.leave()]);
  });

  test('refuses an unknown hash by name, and the other swarms of that socket go on', async () => {
    const peerId = 'ab'.repeat(20);
    const [known, unknown] = [peer(file.infoHash, { peerId }), peer(UNKNOWN, { peerId })];
    await known.join();
    expect(await unknown.refusedJoin()).toBe('unknown info hash');
    expect(await known.scrape()).toMatchObject({ incomplete: 1 });
    expect(await peer().join()).toMatchObject({ incomplete: 2 });
    await until(async () => known.found.length > 0, 'the offer arrives at the socket that was refused once');
  });

  test('refuses an unknown hash by HTTP with a reason', async () => {
    expect(await peer(UNKNOWN, { by: 'announce' }).refusedJoin()).toBe('unknown info hash');
  });

  test('counts who completes as a seeder and forgets who leaves, by word or by closing', async () => {
    const [first, second] = [peer(), peer()];
    await first.join();
    await second.join();
    expect(await first.complete()).toMatchObject({ complete: 1, incomplete: 1 });
    await first.leave();
    expect(await second.scrape()).toMatchObject({ complete: 0, incomplete: 1 });
    await second.close();
    await until(async () => (await swarm()).leechers === 0, 'the closed socket is counted off');
  });

  test('scrapes one and many, by web socket and by HTTP', async () => {
    await peer().join();
    await peer(other.infoHash).join({ left: 0 });
    for (const by of [
      `${suite.address}/tracker/announce`,
      `${suite.address.replace('http', 'ws')}/tracker/socket`,
    ]) {
      expect(await scrape(file.infoHash, by)).toMatchObject({ complete: 0, incomplete: 1 });
      const both = (await scrape([file.infoHash, other.infoHash], by)) as Record<string, Counts>;
      expect(both[file.infoHash]).toMatchObject({ complete: 0, incomplete: 1 });
      expect(both[other.infoHash]).toMatchObject({ complete: 1, incomplete: 0 });
    }
  });

  test('has its counts in the API: the video, and its swarm', async () => {
    await peer().join();
    await peer().join({ left: 0 });
    expect((await fileOf(suite.client, file.uuid)).swarm).toEqual({ seeders: 1, leechers: 1 });
    expect(await swarm()).toMatchObject({ seeders: 1, leechers: 1, infoHash: file.infoHash });
  });
});
