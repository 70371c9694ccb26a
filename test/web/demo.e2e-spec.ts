import { afterAll, expect } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Frame } from 'playwright-core';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { until } from '../support/uploads.js';
import { newViewer } from '../support/watching.js';

/** The page; its instances take the three ports after it. */
const PORT = 19_400;
const MINUTE = 240_000;

let demo: ChildProcess;
let visitor: Visitor | undefined;

afterAll(async () => {
  await visitor?.close();
  if (!demo || demo.exitCode !== null) return;
  demo.kill('SIGINT');
  await once(demo, 'exit');
});

/** Opens the demo once its page is there. */
async function openDemo() {
  demo = spawn(process.execPath, ['scripts/demo.mjs'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, VIDIVERSE_DEMO_PORT: String(PORT) },
  });
  const url = `http://127.0.0.1:${PORT}`;
  await until(async () => (await fetch(url).catch(() => null))?.ok, 'the page answers', MINUTE);
  visitor = await newVisitor(url);
  await visitor.open('/');
  return visitor;
}

testInChromium(
  'the demo tells the story to its end: two viewers share, and go on with the origin stopped',
  async () => {
    const { page } = await openDemo();
    const told = (title: RegExp) =>
      page.locator('#events').getByText(title).first().waitFor({ timeout: MINUTE });
    await told(/its signature was verified/);
    await told(/follow was accepted/);
    await told(/is here now/);
    await told(/bytes proven/);
    await told(/was checked and is listed/);
    const viewers = page.frames().filter((frame) => frame.url().includes('/videos/embed/'));
    expect(viewers).toHaveLength(2);
    for (const viewer of viewers) await viewer.getByRole('button', { name: 'Play the video' }).click();
    await page.locator('figure:not([data-peers="0"])[data-peers]').first().waitFor({ timeout: MINUTE });
    await page.getByRole('button', { name: 'Stop the origin' }).click();
    await told(/was stopped/);
    const [first] = viewers;
    const stoppedAt = await timeOf(first!);
    await until(async () => (await timeOf(first!)) > stoppedAt + 5, 'playback goes on', MINUTE);
    await watchAtCache();
  },
  3 * MINUTE,
);

/** Somebody who comes to the cache instance only now. */
async function watchAtCache(): Promise<void> {
  const cache = `http://127.0.0.1:${PORT + 3}`;
  const { data } = (await (await fetch(`${cache}/api/v1/videos`)).json()) as {
    data: Array<{ shortUUID: string }>;
  };
  const newcomer = await newViewer(cache, data[0]!.shortUUID);
  await newcomer.play();
  const { transfer, error } = await newcomer.see('it plays', ({ currentTime }) => currentTime > 3, MINUTE);
  expect(error).toBeNull();
  expect(transfer.seeds[new URL(cache).host]).toBeGreaterThan(0);
  await newcomer.close();
}

const timeOf = (frame: Frame): Promise<number> =>
  frame.evaluate(() => document.querySelector('video')!.currentTime);
