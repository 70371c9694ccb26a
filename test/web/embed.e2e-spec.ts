import { afterAll, beforeAll, expect } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newVisitor, testInChromium, type Visitor } from '../support/chromium.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishClip } from '../support/watching.js';

let instance: TestInstance;
let clip = '';
let elsewhere: Server;
let visitor: Visitor;

beforeAll(async () => {
  instance = await createInstance({ environment: { VIDIVERSE_MEDIA_FFMPEG_PATH: 'none' } });
  clip = await publishClip(instance, 4);
  // A page that shows one of ours in a frame and writes down what it is told.
  elsewhere = createServer(({ url }, answer) =>
    answer.setHeader('content-type', 'text/html')
      .end(`<!doctype html><iframe src="${instance.address}${url}" width="640" height="360"></iframe>
      <script>addEventListener('message', ({ data }) => (window.told = data))</script>`),
  );
  await new Promise<void>((resolve) => elsewhere.listen(0, 'localhost', resolve));
});
afterAll(async () => {
  elsewhere.close();
  await instance.close();
});

/** Somebody on another site that shows a page of ours. */
async function openFrame(path: string): Promise<Visitor> {
  visitor = await newVisitor(instance.address);
  await visitor.page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}${path}`);
  return visitor;
}

testInChromium('another site shows the player in a frame and is told how it plays', async () => {
  const { page } = await openFrame(`/videos/embed/${clip}`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Play the video' }).click();
  await page.waitForFunction(
    () => ((window as { told?: { currentTime: number } }).told?.currentTime ?? 0) > 0,
  );
  expect(await frame.getByRole('banner').count()).toBe(0);
  expect(await frame.getByRole('link', { name: 'A clip of 4 seconds' }).getAttribute('href')).toContain(
    '/w/',
  );
  await visitor.close();
});

testInChromium('no other page of the site can be framed', async () => {
  const { page } = await openFrame(`/w/${clip}`);
  await page.waitForLoadState('load');
  expect(await page.frameLocator('iframe').getByRole('banner').count()).toBe(0);
  await visitor.close();
});
