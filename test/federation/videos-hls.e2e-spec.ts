import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testInChromium } from '../support/chromium.js';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { hasFfmpeg, makeClip } from '../support/media/index.js';
import { Peer } from '../support/peer.js';
import { makePublisher, outcomeOf, serveVideo, videoDocument } from '../support/peer-videos.js';
import { serveFolder, type StaticFolder } from '../support/static-folder.js';
import { QUICK_PUBLISHING } from '../support/videos.js';
import { newViewer } from '../support/watching.js';

const MINUTE = 60_000;
let instance: TestInstance;
let administrator: InstanceClient;
let peer: Peer;
let folder = '';
let files: StaticFolder;

beforeAll(async () => {
  instance = await createInstance({
    environment: { ...QUICK_PUBLISHING, VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true' },
  });
  administrator = await administratorOf(instance);
  peer = await Peer.open();
  folder = await mkdtemp(join(tmpdir(), 'vidiverse-hls-'));
  files = await serveFolder(folder);
}, MINUTE);
afterAll(async () => {
  await instance.close();
  await peer.close();
  await files.close();
  await rm(folder, { recursive: true });
});

/** A video with a playlist and nothing else, in one fragmented file with byte ranges, as PeerTube makes it. */
async function makePlaylist(): Promise<string> {
  const encoded = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    '-g',
    '50',
    '-c:a',
    'aac',
  ];
  const hls = ['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'];
  const single = ['-hls_flags', 'single_file', '-master_pl_name', 'master.m3u8'];
  await makeClip(join(folder, 'media.m3u8'), { seconds: 8 }, ...encoded, ...hls, ...single);
  return `${files.address}/master.m3u8`;
}

const runs = hasFfmpeg() || process.env.CI === 'true' ? testInChromium : test.skip;

runs(
  'a remote video that has nothing but HLS plays by its playlist',
  async () => {
    const publisher = await makePublisher(peer, 'ada');
    const url = [{ type: 'Link', mediaType: 'application/x-mpegURL', href: await makePlaylist(), tag: [] }];
    const video = serveVideo(peer, videoDocument(peer, publisher, { duration: 'PT8S', url }));
    const announce = { type: 'Announce', actor: publisher.channel, object: video.id };
    expect(await outcomeOf(peer, administrator, announce)).toBe('applied');
    const viewer = await newViewer(instance.address, video.uuid, { setUp: ({ logIn }) => logIn() });
    try {
      await viewer.play();
      const figures = await viewer.see('it plays', ({ currentTime }) => currentTime > 1);
      expect(figures).toMatchObject({ delivery: 'http', error: null, resolution: 360 });
      expect(Object.keys(figures.transfer.seeds)).toEqual([new URL(files.address).host]);
      expect(viewer.complaints).toEqual([]);
    } finally {
      await viewer.close();
    }
  },
  2 * MINUTE,
);
