import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { hold, refuse, torrentBuilt, trackerAnnounced } from '@vidiverse/hooks';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { fetchTorrent } from '../support/torrents.js';
import { publishVideo, QUICK_PUBLISHING } from '../support/videos.js';
import { TrackerPeer } from '../torrent/support/tracker-peer.js';
import { type Probe, probeOf } from './probe.js';

describe('the hooks of torrents', () => {
  let instance: TestInstance;
  let owner: InstanceClient;
  let probe: Probe;

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK_PUBLISHING });
    owner = await administratorOf(instance);
    probe = probeOf(instance);
  });
  afterEach(() => probe.off());
  afterAll(() => instance.close());

  const publish = async () => {
    const video = await publishVideo(owner);
    return { video, file: video.files[0]! };
  };
  const own = () => [
    `${instance.address.replace('http', 'ws')}/tracker/socket`,
    `${instance.address}/tracker/announce`,
  ];

  describe('a .torrent', () => {
    test('has the addresses that a plugin adds, but for what is no address', async () => {
      const { given, contexts } = probe.on(torrentBuilt, ({ trackers, webSeeds }) => ({
        trackers: [...trackers, 'wss://tracker.example/', 'udp://tracker.example:1', 'nothing'],
        webSeeds: [...webSeeds, 'https://mirror.example/file.mp4', 'javascript:alert(1)'],
      }));
      const { video, file } = await publish();
      const { announce, urlList, infoHash } = await fetchTorrent(file.torrentUrl);
      expect(announce).toEqual([...own(), 'wss://tracker.example/']);
      expect(urlList).toEqual([file.fileUrl, 'https://mirror.example/file.mp4']);
      expect(infoHash).toBe(file.infoHash);
      expect(given).toEqual([{ trackers: own(), webSeeds: [file.fileUrl] }]);
      const filename = file.fileUrl.split('/').at(-1);
      expect(contexts).toEqual([{ videoId: video.id, fileId: file.id, filename, size: file.size }]);
    });

    test('is as it was when the plugin breaks', async () => {
      probe.breaks(torrentBuilt);
      const { file } = await publish();
      expect((await fetchTorrent(file.torrentUrl)).announce).toEqual(own());
    });
  });

  describe('an announce', () => {
    const announce = async (infoHash: string, event = '') => {
      const hash = infoHash.replace(/../g, '%$&');
      const query = `info_hash=${hash}&peer_id=-TS0001-123456789012&port=6881&left=1&compact=1${event}`;
      return (await fetch(`${instance.address}/tracker/announce?${query}`)).text();
    };

    test.each([
      ['refuses', () => refuse('not from this network')],
      ['holds', () => hold('not from this network')],
    ])('that a plugin %s is answered with the reason and no peers', async (_, handle) => {
      const { infoHash } = (await publish()).file;
      const { given } = probe.on(trackerAnnounced, handle);
      expect(await announce(infoHash!, '&event=started')).toContain(
        '14:failure reason21:not from this network',
      );
      expect(given).toEqual([{ infoHash, transport: 'http', event: 'started', network: '127.0.0.1' }]);
      const peer = new TrackerPeer(instance.address, infoHash!);
      expect(await peer.refusedJoin()).toContain('not from this network');
      await peer.close();
      expect(given[1]).toMatchObject({ infoHash, transport: 'ws', event: 'started', network: '127.0.0.1' });
    });

    test('is as ever when no plugin objects; whoever leaves is not asked about', async () => {
      const { infoHash } = (await publish()).file;
      const { given } = probe.on(trackerAnnounced);
      expect(await announce(infoHash!)).toContain('8:completei');
      expect(await announce(infoHash!, '&event=stopped')).toContain('8:completei');
      expect(await announce('f'.repeat(40))).toContain('unknown info hash');
      expect(given).toEqual([{ infoHash, transport: 'http', event: null, network: '127.0.0.1' }]);
    });

    test('is held when the plugin breaks', async () => {
      const { infoHash } = (await publish()).file;
      probe.breaks(trackerAnnounced);
      expect(await announce(infoHash!)).toContain('The plugin probe could not decide.');
    });
  });
});
