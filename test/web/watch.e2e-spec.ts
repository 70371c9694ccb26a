import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { testInChromium, type Visitor } from '../support/chromium.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { until } from '../support/uploads.js';
import { newViewer, type PlayerFigures, publishClip, seedBytes, type Viewer } from '../support/watching.js';

const SECONDS = 40;
const MINUTE = 240_000;
let instance: TestInstance;
let clip = '';
let viewer: Viewer | undefined;

beforeAll(async () => {
  instance = await createInstance({ environment: { VIDIVERSE_MEDIA_FFMPEG_PATH: 'none' } });
  clip = await publishClip(instance, SECONDS);
}, 2 * MINUTE);
afterEach(async () => {
  await viewer?.close();
  viewer = undefined;
});
afterAll(async () => instance.close());

async function watch(options?: Parameters<typeof newViewer>[2]): Promise<Viewer> {
  viewer = await newViewer(instance.address, clip, options);
  return viewer;
}
/** Playing, by the swarm, with a frame on the screen. */
async function playing(options?: Parameters<typeof newViewer>[2]): Promise<Viewer> {
  const opened = await watch(options);
  await opened.play();
  await opened.see('it plays', ({ paused, currentTime }) => !paused && currentTime > 0.2);
  return opened;
}
/** Takes something away from the browser before any page runs. */
const without = (what: string) => ({
  setUp: async ({ page }: Visitor) => void (await page.addInitScript(`delete ${what}`)),
});

testInChromium(
  'a first visit plays by the stream of the service worker',
  async () => {
    const { see, complaints } = await playing();
    const figures = await see('the swarm is joined', ({ pieces }) => pieces > 0);
    expect(figures.delivery).toBe('swarm');
    expect(seedBytes(figures)).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  },
  MINUTE,
);

testInChromium(
  'a jump into the part that is not here yet goes on from there',
  async () => {
    const { page, see } = await playing();
    await page.evaluate(() => (document.querySelector('video')!.currentTime = 32));
    const there = await see('it plays on', ({ currentTime, ready }) => ready && currentTime > 32.5);
    expect(there.error).toBeNull();
  },
  MINUTE,
);

testInChromium(
  'without service workers the video plays over plain HTTP',
  async () => {
    const { see } = await playing(without('Navigator.prototype.serviceWorker'));
    const figures = await see('it goes on', ({ currentTime }) => currentTime > 2);
    expect([figures.delivery, figures.error]).toEqual(['http', null]);
  },
  MINUTE,
);

testInChromium(
  'without WebRTC the servers carry all of it',
  async () => {
    const { see } = await playing(without('window.RTCPeerConnection'));
    const figures = await see('it goes on', ({ currentTime }) => currentTime > 3);
    expect([figures.peers, figures.error]).toEqual([0, null]);
  },
  MINUTE,
);

testInChromium(
  'a server that is gone for a moment interrupts nothing that was buffered, and then sends the rest',
  async () => {
    const { page, see } = await playing();
    await page.context().setOffline(true);
    await page.evaluate(() => (document.querySelector('video')!.currentTime = 34));
    await page.waitForFunction(() => document.querySelector('video')!.readyState < 3);
    await page.context().setOffline(false);
    await see('it plays on', ({ currentTime }) => currentTime > 34.5);
  },
  MINUTE,
);

type Check = (now: PlayerFigures, before: PlayerFigures) => boolean;
const near = (value: number, wanted: number) => Math.abs(value - wanted) < 1.5;
const speed = (wanted: number) => `document.querySelector('video').playbackRate === ${wanted}`;
const KEYS: Array<[key: string, does: string, check: Check | string]> = [
  ['k', 'pauses', ({ paused }) => paused],
  [' ', 'plays', ({ paused }) => !paused],
  ['k', 'pauses again', ({ paused }) => paused],
  ['5', 'jumps to the middle', ({ currentTime }) => near(currentTime, SECONDS / 2)],
  ['l', 'goes forward 10 s', ({ currentTime }, before) => near(currentTime, before.currentTime + 10)],
  ['j', 'goes back 10 s', ({ currentTime }, before) => near(currentTime, before.currentTime - 10)],
  ['ArrowRight', 'goes forward 5 s', ({ currentTime }, before) => near(currentTime, before.currentTime + 5)],
  ['ArrowLeft', 'goes back 5 s', ({ currentTime }, before) => near(currentTime, before.currentTime - 5)],
  [',', 'goes back a frame', ({ currentTime }, before) => currentTime < before.currentTime],
  ['.', 'goes forward a frame', ({ currentTime }, before) => currentTime > before.currentTime],
  ['End', 'jumps to the end', ({ currentTime }) => near(currentTime, SECONDS)],
  ['Home', 'jumps to the start', ({ currentTime }) => near(currentTime, 0)],
  ['ArrowDown', 'is quieter', `document.querySelector('video').volume < 1`],
  ['ArrowUp', 'is louder', `document.querySelector('video').volume === 1`],
  ['m', 'mutes', `document.querySelector('video').muted`],
  ['>', 'is faster', speed(1.25)],
  ['<', 'is slower', speed(1)],
  ['t', 'is the theatre', `document.querySelector('.watch--theatre') !== null`],
  ['f', 'fills the screen', `document.fullscreenElement !== null`],
  ['f', 'leaves the full screen', `document.fullscreenElement === null`],
  ['?', 'shows the keys', `document.querySelector('[role=dialog]') !== null`],
];

testInChromium(
  'each key does what it is known for, wherever the focus is',
  async () => {
    const { page, figures } = await playing();
    for (const [key, does, check] of KEYS) {
      const before = await figures();
      await page.keyboard.press(key);
      const holds = async () =>
        typeof check === 'string' ? page.evaluate<boolean>(check) : check(await figures(), before);
      await until(holds, `"${key}" ${does}`);
    }
  },
  MINUTE,
);

testInChromium(
  'keys that are pressed faster than the picture follows all count',
  async () => {
    const { page } = await playing();
    const after = await page.evaluate(() => {
      const video = document.querySelector('video')!;
      for (const key of ['>', '>', 'ArrowDown', 'ArrowDown'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return { speed: video.playbackRate, volume: Number(video.volume.toFixed(2)) };
    });
    expect(after).toEqual({ speed: 1.5, volume: 0.9 });
  },
  MINUTE,
);

testInChromium(
  'who types a word into the search plays nothing with it',
  async () => {
    const { page, figures } = await playing();
    await page.getByRole('searchbox').or(page.getByPlaceholder('Search videos')).first().click();
    await page.keyboard.type('milk jam');
    expect((await figures()).paused).toBe(false);
    expect(await page.evaluate(() => document.querySelector('video')!.muted)).toBe(false);
  },
  MINUTE,
);

testInChromium(
  'a video goes on where it was left, and a shared link starts where it says',
  async () => {
    const first = await playing();
    await first.page.evaluate(() => (document.querySelector('video')!.currentTime = 20));
    await first.see('the new place plays', ({ currentTime, ready }) => ready && currentTime > 20);
    await first.page.reload();
    await first.see('it is back at 20 s', ({ currentTime }) => near(currentTime, 20));
    await first.open(`/w/${clip}?start=31s`);
    await first.see('the link is obeyed', ({ currentTime }) => near(currentTime, 31));
  },
  MINUTE,
);

testInChromium(
  'volume, speed and sharing are remembered',
  async () => {
    const { page, open } = await playing();
    await page.evaluate(() =>
      Object.assign(document.querySelector('video')!, { volume: 0.5, playbackRate: 1.5 }),
    );
    await page.getByLabel('Share with other viewers').uncheck();
    await open(`/w/${clip}`);
    await page.waitForFunction(() => {
      const video = document.querySelector('video');
      return video?.volume === 0.5 && video.playbackRate === 1.5;
    });
    expect(await page.getByLabel('Share with other viewers').isChecked()).toBe(false);
  },
  MINUTE,
);

testInChromium(
  'a video that was watched for ten seconds counts a view',
  async () => {
    // Of its own: a viewer counts once an hour.
    const short = await publishClip(instance, 12);
    const views = async () => {
      const answer = await fetch(`${instance.address}/api/v1/videos/${short}`);
      return ((await answer.json()) as { views: number }).views;
    };
    viewer = await newViewer(instance.address, short);
    await viewer.play();
    await viewer.see('five seconds have gone by', ({ currentTime }) => currentTime > 5);
    expect(await views()).toBe(0);
    await until(async () => (await views()) === 1, 'the view is counted');
  },
  2 * MINUTE,
);
