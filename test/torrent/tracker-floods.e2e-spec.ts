import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { PeerSocket } from '@vidiverse/torrent/testing';
import { until } from '../support/uploads.js';
import { ask } from './support/raw-http.js';
import type { PublishedFile, SwarmSuite } from './support/swarm-suite.js';
import { createTrackerSuite, from, type TrackerSuite } from './support/tracker-suite.js';

const UNKNOWN = 'f'.repeat(40);

/** Everything that was written to the log while `act` ran. */
async function logged(act: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0),
  );
  try {
    await act();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.join('');
}

describe('whatever peers do, the tracker', () => {
  const ADDRESS = '203.0.113.77';
  let tracker: TrackerSuite;
  let suite: SwarmSuite;
  let file: PublishedFile;
  beforeAll(async () => {
    await logged(async () => {
      tracker = await createTrackerSuite({
        VIDIVERSE_TRUSTED_PROXIES: '127.0.0.1',
        VIDIVERSE_LOG_LEVEL: 'verbose',
        VIDIVERSE_TRACKER_MAX_MESSAGES_PER_MINUTE: '100000',
        VIDIVERSE_TRACKER_MAX_ANNOUNCES_PER_MINUTE: '20',
      });
    });
    ({ suite, file } = tracker);
  });
  afterAll(() => tracker.close());

  test('shows the address of a web socket peer in no page, answer or log', async () => {
    const log = await logged(async () => {
      const [watched, other] = [await tracker.open(from(ADDRESS)), await tracker.open(from('203.0.113.78'))];
      await watched.join(file.infoHash);
      await other.join(file.infoHash);
      expect(JSON.stringify(await watched.next())).not.toContain(ADDRESS);
      expect(await tracker.announce(7003, from('203.0.113.79'))).not.toContain(ADDRESS);
      for (const path of [
        `/api/v1/videos/${file.uuid}`,
        `/api/v1/videos/${file.uuid}/swarm`,
        '/api/v1/videos',
        `/tracker/scrape?info_hash=${file.infoHash.replace(/../g, '%$&')}`,
        '/tracker/stats',
        '/tracker/stats.json',
        '/stats',
      ])
        expect((await ask(suite.address + path)).body.toString('latin1')).not.toContain(ADDRESS);
      other.close();
      watched.close();
    });
    expect(log).not.toContain(ADDRESS);
  });

  test('keeps and logs nothing of 2,000 unknown hashes, and goes on with the known one', async () => {
    const peer = await tracker.open(from(ADDRESS));
    const log = await logged(async () => {
      for (let count = 0; count < 2000; count += 1)
        peer.announce(UNKNOWN.slice(6) + `${count}`.padStart(6, '0'));
      await until(async () => peer.frames.length === 2000, 'each is answered');
    });
    expect(new Set(peer.frames.map((frame) => frame['failure reason']))).toEqual(
      new Set(['unknown info hash']),
    );
    expect(log).toBe('');
    peer.announce(file.infoHash);
    await until(async () => peer.frames.at(-1)!.interval !== undefined, 'the known hash is answered');
  });

  test('refuses a flood of announces for one hash and leaves the socket open', async () => {
    const peer = await tracker.open(from('203.0.113.80'));
    for (let count = 0; count < 100; count += 1) peer.announce(file.infoHash);
    await until(async () => peer.frames.length === 100, 'each is answered');
    const refused = peer.frames.filter(
      (frame) => frame['failure reason'] === 'too many announces, wait a minute',
    );
    expect([refused.length, peer.closed]).toEqual([80, null]);
  });

  test('lets pages of other instances join, and takes no authority from cookies or tokens', async () => {
    const peer = await tracker.open({
      ...from('203.0.113.81'),
      origin: 'https://elsewhere.example',
      cookie: 'session=1',
    });
    expect(await peer.join(file.infoHash)).toHaveProperty('interval');
    const secret = await suite.publish({ seed: 3 });
    await suite.client.updateVideo(secret.uuid, { privacy: 3 });
    const owner = await tracker.open({ ...from(ADDRESS), authorization: `Bearer ${suite.client.token}` });
    expect(await owner.join(secret.infoHash)).toMatchObject({ 'failure reason': 'unknown info hash' });
  });

  test('refuses a handshake with 2,000 headers and opens no socket elsewhere', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`x-${index}`, 'value']));
    await expect(tracker.open(many)).rejects.toThrow('answered 431');
    const elsewhere = `${suite.address.replace('http', 'ws')}/tracker/other`;
    await expect(PeerSocket.open(elsewhere)).rejects.toThrow('answered 404');
    expect((await ask(`${suite.address}/api/v1/ping`)).status).toBe(200);
  });

  test('ends the swarm of a video that is closed or deleted, in the middle of it', async () => {
    const video = await suite.publish({ seed: 4 });
    const peer = await tracker.open(from(ADDRESS));
    expect(await peer.join(video.infoHash)).toMatchObject({ incomplete: 1 });
    await suite.client.updateVideo(video.uuid, { privacy: 3 });
    expect(await peer.join(video.infoHash)).toMatchObject({ 'failure reason': 'unknown info hash' });
    await suite.client.updateVideo(video.uuid, { privacy: 1 });
    expect(await peer.join(video.infoHash)).toMatchObject({ incomplete: 1 });
    await suite.client.removeVideo(video.uuid);
    expect(await peer.join(video.infoHash)).toMatchObject({ 'failure reason': 'unknown info hash' });
  });
});
