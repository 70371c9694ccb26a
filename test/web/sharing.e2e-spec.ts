import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { testInChromium } from '../support/chromium.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { until } from '../support/uploads.js';
import { newViewer, publishClip, seedBytes, servedBytes, type Viewer } from '../support/watching.js';

const SECONDS = 60;
const MINUTE = 240_000;
let instance: TestInstance;
let clip = '';
let viewers: Viewer[] = [];

beforeAll(async () => {
  // One file and no renditions: what is shared does not depend on the size of the window.
  instance = await createInstance({ environment: { VIDIVERSE_MEDIA_FFMPEG_PATH: 'none' } });
  clip = await publishClip(instance, SECONDS);
}, 2 * MINUTE);
afterEach(async () => {
  await Promise.all(viewers.map((viewer) => viewer.close()));
  viewers = [];
});
afterAll(async () => instance.close());

const arrives = async () => {
  const viewer = await newViewer(instance.address, clip);
  viewers.push(viewer);
  await viewer.play();
  return viewer;
};
/** A viewer who has the whole file. */
const hasItAll = async () => {
  const first = await arrives();
  await first.see('it plays by the swarm', ({ delivery, pieces }) => delivery === 'swarm' && pieces > 0);
  // What is ahead of the playhead is fetched: near the end that is all that was missing.
  await first.page.evaluate(() => (document.querySelector('video')!.playbackRate = 4));
  await first.see('the first has all pieces', ({ have, pieces }) => pieces > 0 && have === pieces, MINUTE);
  return first;
};

testInChromium(
  'the second viewer takes most of the video from the first, and the server sends only the rest',
  async () => {
    const first = await hasItAll();
    const before = await servedBytes(instance, clip);

    const second = await arrives();
    const all = await second.see(
      'the second has all pieces',
      ({ have, pieces }) => pieces > 0 && have === pieces,
      MINUTE,
    );

    expect(all.transfer.peers / (all.transfer.peers + seedBytes(all))).toBeGreaterThanOrEqual(0.6);
    // Pages show their figures twice a second: both sides agree once what was under way has come.
    await until(
      async () => (await servedBytes(instance, clip)) - before === seedBytes(await second.figures()),
      'the server sent what the page counts from it',
    );
    await until(
      async () => (await first.figures()).transfer.uploaded === (await second.figures()).transfer.peers,
      'the first gave what the second got',
    );
    expect(second.complaints).toEqual([]);
    await second.page
      .getByText(/You are connected to 1 other viewer. \d+ % came from other viewers/)
      .waitFor();
  },
  3 * MINUTE,
);

testInChromium(
  'playback goes on when the viewer it came from leaves in the middle',
  async () => {
    const first = await hasItAll();
    const second = await arrives();
    await second.see('the first sends', ({ transfer }) => transfer.peers > 0);
    await first.close();
    const { have, pieces } = await second.figures();
    expect(have).toBeLessThan(pieces);

    await second.page.evaluate(() => (document.querySelector('video')!.currentTime = 50));
    const end = await second.see('the second sees the end', ({ ended }) => ended, MINUTE);
    expect(end.error).toBeNull();
  },
  3 * MINUTE,
);

testInChromium(
  'whoever shares nothing meets nobody: no tracker, no peers, plain HTTP',
  async () => {
    const sockets: string[] = [];
    const viewer = await newViewer(instance.address, clip, {
      setUp: async ({ page }) => {
        page.on('websocket', (socket) => sockets.push(socket.url()));
        await page.addInitScript(() => localStorage.setItem('vidiverse.player', '{"p2p":false}'));
      },
    });
    viewers.push(viewer);
    await viewer.play();
    const figures = await viewer.see('it plays', ({ currentTime }) => currentTime > 2);
    expect([figures.delivery, figures.peers, sockets]).toEqual(['http', 0, []]);

    await viewer.page.getByLabel('Share with other viewers').check();
    await viewer.see('it joined the swarm and goes on', (now) => now.pieces > 0 && now.currentTime > 4);
    expect(sockets.map((url) => new URL(url).pathname)).toEqual(['/tracker/socket']);
  },
  2 * MINUTE,
);
