import { chromium } from 'playwright-core';
import { setTimeout as pause } from 'node:timers/promises';

export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  ...['--mute-audio', '--autoplay-policy=no-user-gesture-required'],
];
/** Small, so that several pictures cost little to draw. */
const VIEWPORT = { width: 480, height: 360 };
/** The player reads its figures twice a second. */
const FIGURES_MS = 1000;
/** Longest that a page may take to open; a video may last as much longer than it does. */
const PATIENCE_MS = 60_000;

/**
 * So many viewers, one every `everyMs`, each with storage of their own in one browser, who watch the video at `url` of so many
 * seconds to its end and leave. Answers what each player says: `delivery`, and bytes from `peers` and from `seeds` by host.
 */
export async function watchInTurn(url, { viewers, everyMs, seconds }) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const watching = Array.from({ length: viewers }, async (_, number) => {
      await pause(number * everyMs);
      return watch(browser, url, seconds);
    });
    return await Promise.all(watching);
  } finally {
    await browser.close();
  }
}

async function watch(browser, url, seconds) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await page.getByRole('button', { name: 'Play the video' }).click();
  const hasEnded = () => globalThis.__vidiverse.player.state.ended;
  await page.waitForFunction(hasEnded, null, { polling: 500, timeout: PATIENCE_MS + seconds * 1000 });
  await pause(FIGURES_MS);
  const figures = await page.evaluate(() => {
    const { delivery, transfer } = globalThis.__vidiverse.player.state;
    return { delivery, peers: transfer.peers, seeds: { ...transfer.seeds } };
  });
  await context.close();
  return figures;
}
