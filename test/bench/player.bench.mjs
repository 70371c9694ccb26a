import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { median, startServer, temporaryFolder } from './support/server.mjs';

// Time to the first frame and time of a jump, in Chromium, of our player against a bare `<video src>` of the same file. A
// naive WebTorrent page measured 4.2 times a bare one; the goal is 1.5, and 500 ms for a jump.
const ROUNDS = 7;
const SECONDS = 60;
const JUMP_TO = 45;
const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  ...['--mute-audio', '--autoplay-policy=no-user-gesture-required'],
];
const PASSWORD = 'benchmark password';

const missing = [EXECUTABLE, '/usr/bin/ffmpeg'].filter((path) => !existsSync(path));
if (missing.length > 0) {
  console.log(`skipped: ${missing.join(' and ')} not found`);
  process.exit(0);
}

/** Runs in each page before its own scripts: notes when the first source is set and when its first frame is shown. */
function noteFirstFrame() {
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src');
  Object.defineProperty(HTMLMediaElement.prototype, 'src', {
    ...source,
    set(value) {
      window.__set ??= performance.now();
      this.requestVideoFrameCallback(() => (window.__frame ??= performance.now()));
      source.set.call(this, value);
    },
  });
}

async function publish(base, path) {
  const json = async (url, init) => (await fetch(base + url, init)).json();
  const client = await json('/api/v1/oauth-clients/local');
  const login = { ...client, grant_type: 'password', username: 'root', password: PASSWORD };
  const { access_token } = await json('/api/v1/users/token', {
    method: 'POST',
    body: new URLSearchParams(login),
  });
  const headers = { authorization: `Bearer ${access_token}` };
  const { videoChannels } = await json('/api/v1/users/me', { headers });
  const form = new FormData();
  form.append('name', 'A clip');
  form.append('channelId', videoChannels[0].id);
  form.append('videofile', new Blob([readFileSync(path)]), 'clip.mp4');
  const { video } = await json('/api/v1/videos/upload', { method: 'POST', headers, body: form });
  for (;;) {
    const details = await json(`/api/v1/videos/${video.uuid}`, { headers });
    if (details.state?.id === 1) return details;
    await pause(200);
  }
}

/** One page in a browser that has seen nothing yet; `again` opens the same page a second time. */
async function visit(url, bare, { again = false } = {}) {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(noteFirstFrame);
    if (bare)
      await page.route('**/bare.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><video muted width=1280></video><script>document.querySelector('video').src=${JSON.stringify(bare)}</script>`,
        }),
      );
    const open = async () => {
      await page.goto(url);
      await page.waitForFunction(() => window.__frame !== undefined, null, { polling: 5 });
      return page.evaluate(() => ({ player: window.__frame - window.__set, page: window.__frame }));
    };
    let times = await open();
    if (again) times = await open();
    const jump = await page.evaluate(async (to) => {
      const video = document.querySelector('video');
      const begun = performance.now();
      await new Promise((shown) => {
        video.requestVideoFrameCallback(shown);
        video.currentTime = to;
      });
      return performance.now() - begun;
    }, JUMP_TO);
    return { ...times, jump };
  } finally {
    await browser.close();
  }
}

const folder = temporaryFolder();
const clip = join(folder, 'clip.mp4');
execFileSync('ffmpeg', [
  ...['-y', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25,noise=alls=20:allf=t'],
  ...['-t', SECONDS, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '6M'],
  ...['-maxrate', '6M', '-bufsize', '6M', '-g', '50', '-movflags', '+faststart', clip],
]);
const server = await startServer({ environment: { VIDIVERSE_MEDIA_TRANSCODING_ENABLED: 'false' } });
try {
  const video = await publish(server.base, clip);
  const watch = `${server.base}/w/${video.shortUUID}`;
  const times = { bare: [], first: [], later: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.bare.push(await visit(`${server.base}/bare.html`, video.files[0].fileUrl));
    times.first.push(await visit(watch));
    times.later.push(await visit(watch, undefined, { again: true }));
  }
  const of = (kind, what) => median(times[kind].map((each) => each[what]));
  const line = (what, kind, unit) => {
    const [ours, bare] = [of(kind, unit), of('bare', unit)];
    console.log(
      `${what}: ${ours.toFixed(0)} ms, bare <video src> ${bare.toFixed(0)} ms, ratio ${(ours / bare).toFixed(2)}`,
    );
  };
  console.log(`${ROUNDS} rounds, medians; a first visit installs the service worker`);
  line('first visit, source to first frame', 'first', 'player');
  line('later visit, source to first frame', 'later', 'player');
  line('first visit, address to first frame', 'first', 'page');
  line('later visit, address to first frame', 'later', 'page');
  line(`jump to ${JUMP_TO} s of ${SECONDS}, first visit`, 'first', 'jump');
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
