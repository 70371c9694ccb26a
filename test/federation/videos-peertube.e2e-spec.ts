import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasRecordings, recordedDocument } from '@vidiverse/federation/testing';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { Peer } from '../support/peer.js';
import {
  makePublisher,
  outcomeOf,
  type Publisher,
  serveVideo,
  type VideoDocument,
} from '../support/peer-videos.js';
import { until } from '../support/uploads.js';
import { QUICK_PUBLISHING } from '../support/videos.js';

let instance: TestInstance;
let administrator: InstanceClient;
let peer: Peer;
let publisher: Publisher;
let video: VideoDocument;

/** As PeerTube 6.3 sent it, at the address of our peer. */
function recordedVideo(): VideoDocument {
  const { host } = new URL(peer.address);
  const text = String(recordedDocument('get-video-activity.json'))
    .replaceAll('http://localhost:9001/video-channels/', `${peer.address}/accounts/`)
    .replaceAll('localhost%3A9001', encodeURIComponent(host))
    .replaceAll('localhost:9001', host);
  return (JSON.parse(text) as { object: VideoDocument }).object;
}

const announce = () =>
  outcomeOf(peer, administrator, { type: 'Announce', actor: publisher.channel, object: video.id });

const describeRecorded = hasRecordings ? describe : describe.skip;

describeRecorded('a video of PeerTube 6.3', () => {
  beforeAll(async () => {
    const environment = {
      ...QUICK_PUBLISHING,
      VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
      VIDIVERSE_FEDERATION_VIDEOS_REFRESH_AFTER: '1',
    };
    instance = await createInstance({ environment });
    administrator = await administratorOf(instance);
    peer = await Peer.open();
    publisher = await makePublisher(peer, 'root');
    video = serveVideo(peer, recordedVideo());
  });
  afterAll(async () => {
    await instance.close();
    await peer.close();
  });

  test('is shown with all that it says', async () => {
    expect(await announce()).toBe('applied');
    const shown = await administrator.video(video.uuid);
    expect(shown).toMatchObject({
      url: video.id,
      name: 'Test pattern, renamed',
      description: 'A **test** clip made by ffmpeg',
      support: 'none at all',
      category: { id: 15 },
      licence: { id: 1 },
      language: { id: 'en' },
      tags: ['loopback', 'test'],
      views: 3,
      duration: 20,
      commentsEnabled: true,
      channel: { name: 'root_channel' },
      account: { name: 'root' },
    });
  });

  test('is played from the addresses of its origin', async () => {
    const { files, trackerUrls, streamingPlaylists } = (await administrator.video(video.uuid)) as unknown as {
      files: Array<Record<string, unknown>>;
      trackerUrls: string[];
      streamingPlaylists: Array<{ playlistUrl: string }>;
    };
    expect(files).toMatchObject([
      {
        resolution: { id: 360 },
        width: 640,
        fps: 25,
        size: 413571,
        infoHash: 'bef2aaefbeff6fa688d1dd8c9248981b6e312111',
        fileUrl: `${peer.address}/static/web-videos/f278558f-22d8-4f9c-a5c5-996aef4c2b70-360.mp4`,
        torrentUrl: `${peer.address}/lazy-static/torrents/a0004cc1-3145-4a2f-8c3e-3261a13994f7-360.torrent`,
      },
      { resolution: { id: 240 }, infoHash: 'feaac45e5ea51e80726285a4968dc270b5809c34' },
    ]);
    const socket = `${peer.address.replace('http', 'ws')}/tracker/socket`;
    expect(trackerUrls).toEqual([`${peer.address}/tracker/announce`, socket]);
    expect(streamingPlaylists).toMatchObject([{ playlistUrl: expect.stringMatching(/-master\.m3u8$/) }]);
  });

  test('that has nothing but HLS is shown with its playlist', async () => {
    const links = (video.url as Array<{ mediaType?: string }>).filter(
      ({ mediaType }) => mediaType === 'text/html' || mediaType === 'application/x-mpegURL',
    );
    const uuid = '700377b8-65a1-49ee-ac00-88eb6fd77e5e';
    const id = `${peer.address}/videos/watch/${uuid}`;
    serveVideo(peer, { ...video, id, uuid, url: links });
    const announced = { type: 'Announce', actor: publisher.channel, object: id };
    expect(await outcomeOf(peer, administrator, announced)).toBe('applied');
    expect(await administrator.video(uuid)).toMatchObject({
      files: [],
      streamingPlaylists: [{ type: 1, playlistUrl: expect.stringMatching(/-master\.m3u8$/) }],
    });
  });

  test('whoever opens an old copy has it refreshed, without waiting', async () => {
    const updated = new Date().toISOString();
    serveVideo(peer, { ...video, name: 'Renamed without a word', updated });
    await until(
      async () => (await administrator.video(video.uuid)).name === 'Renamed without a word',
      'the new name is here',
    );
  });

  test('a copy stays while its instance is down, and goes when that says it is gone', async () => {
    peer.status = 502;
    const asked = peer.asked.length;
    await until(async () => {
      await administrator.video(video.uuid);
      return peer.asked.length > asked;
    }, 'its instance was asked');
    expect((await administrator.ask('GET', `/api/v1/videos/${video.uuid}`)).status).toBe(200);
    peer.status = null;
    peer.remove(new URL(video.id).pathname);
    await until(
      async () => (await administrator.ask('GET', `/api/v1/videos/${video.uuid}`)).status === 404,
      'the copy is gone',
    );
  });
});
