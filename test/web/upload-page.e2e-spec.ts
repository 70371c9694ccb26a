import { afterEach, expect } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { makeMp4 } from '../support/media/index.js';
import {
  createServerProcess,
  type ServerProcess,
  type ServerProcessOptions,
} from '../support/server-process.js';

const MINUTES = 240_000;
let clean: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const step of clean.reverse()) await step();
  clean = [];
});

/** A server in a process of its own, its administrator in a browser at the upload page, and a clip to upload. */
async function atTheUploadPage(options?: ServerProcessOptions & { frames?: number }) {
  const server: ServerProcess = await createServerProcess(options);
  clean.push(() => server.remove());
  await server.start();
  const visitor: Visitor = await newVisitor(server.address);
  clean.push(() => visitor.close());
  await visitor.logIn();
  await visitor.open('/upload');
  const path = join(tmpdir(), `A_clip.of.${process.pid}.${Date.now()}.mp4`);
  clean.push(() => rm(path, { force: true }));
  await writeFile(
    path,
    makeMp4({ size: { columns: 20, rows: 15 }, frames: options?.frames ?? 30, fastStart: true }),
  );
  const { page } = visitor;
  const pick = () => page.getByLabel('Video file').setInputFiles(path);
  const percent = async () =>
    Number.parseInt((await page.locator('.upload__percent').textContent()) ?? '', 10);
  return { server, visitor, page, pick, percent };
}

testInChromium(
  'an upload survives a killed server and a closed tab, and becomes a video that plays',
  async () => {
    const { server, visitor, page, pick, percent } = await atTheUploadPage({ frames: 150 });
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const limits = { offline: false, latency: 0, downloadThroughput: -1 };
    await network.send('Network.emulateNetworkConditions', { ...limits, uploadThroughput: 3_000_000 });
    await pick();
    await expectSoon(async () => (await percent()) >= 15);

    await server.kill();
    await page.getByText('Trying again; nothing is lost.').waitFor();
    await server.start();
    await expectSoon(async () => (await percent()) >= 40);

    await visitor.open('/upload');
    await page.getByText('Not finished yet').waitFor();
    const ranges: string[] = [];
    page.on('request', (request) => ranges.push(request.headers()['content-range'] ?? ''));
    await pick();
    await page.getByText('Publish it when you are ready').waitFor();
    expect(
      Number(/bytes (\d+)-/.exec(ranges.find((range) => /bytes \d/.test(range)) ?? '')?.[1]),
    ).toBeGreaterThan(1_000_000);

    await page.getByLabel('Title').fill('A clip that went through a lot');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('link', { name: 'Watch it' }).click({ timeout: MINUTES });
    await page.getByRole('heading', { level: 1, name: 'A clip that went through a lot' }).waitFor();
    await expectSoon(() =>
      page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState >= 2),
    );
    expect(visitor.complaints).toEqual([]);
  },
  2 * MINUTES,
);

testInChromium(
  'nothing becomes a video before its uploader publishes it',
  async () => {
    const { server, visitor, page, pick } = await atTheUploadPage();
    await pick();
    await page.getByText('Publish it when you are ready').waitFor();
    await visitor.open('/my-library/videos');
    await page.getByText('Nothing here yet').waitFor();
    const { total } = (await (await fetch(`${server.address}/api/v1/videos`)).json()) as { total: number };
    expect(total).toBe(0);
  },
  MINUTES,
);

testInChromium(
  'without ffmpeg on the server the browser makes the thumbnail',
  async () => {
    const environment = { VIDIVERSE_MEDIA_FFMPEG_PATH: 'none', VIDIVERSE_MEDIA_FFPROBE_PATH: 'none' };
    const { server, page, pick } = await atTheUploadPage({ environment });
    await pick();
    await page.getByAltText('A frame of the picked video').waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('link', { name: 'Watch it' }).waitFor({ timeout: MINUTES });
    const { data } = (await (await fetch(`${server.address}/api/v1/videos`)).json()) as {
      data: Array<{ name: string; thumbnailPath: string }>;
    };
    expect(data[0]?.name).toMatch(/^A clip of \d+/);
    const thumbnail = await fetch(server.address + data[0]!.thumbnailPath);
    expect(thumbnail.headers.get('content-type')).toBe('image/jpeg');
  },
  2 * MINUTES,
);

testInChromium(
  'a file that is no video is refused with the reason, and another can be chosen',
  async () => {
    const { page } = await atTheUploadPage();
    const file = {
      name: 'movie.mp4',
      mimeType: 'video/mp4',
      buffer: Buffer.alloc(200_000, 'no video at all '),
    };
    await page.getByLabel('Video file').setInputFiles(file);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('alert').getByText('“movie.mp4” could not be uploaded.').waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await page.getByText('Drop a video here').waitFor();
  },
  MINUTES,
);

async function expectSoon(ask: () => Promise<boolean>, deadlineMs = 280_000): Promise<void> {
  for (
    const end = Date.now() + deadlineMs;
    Date.now() < end;
    await new Promise((next) => setTimeout(next, 50))
  )
    if (await ask()) return;
  throw new Error(`not within ${deadlineMs} ms: ${ask.toString()}`);
}
