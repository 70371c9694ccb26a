import { afterAll, beforeAll, expect } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newVisitor, testInChromium } from '../support/chromium.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';

const PAGE = '<!doctype html><title>a page of theirs</title><script>document.title = "script ran"</script>';

let instance: TestInstance;
let elsewhere: Server;

beforeAll(async () => {
  instance = await createInstance({ environment: { VIDIVERSE_MEDIA_FFMPEG_PATH: 'none' } });
  // A server that lets every site read what it has, in ranges too.
  elsewhere = createServer((_request, answer) => {
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'content-range': `bytes 0-${PAGE.length - 1}/${PAGE.length}`,
    };
    answer.writeHead(206, headers).end(PAGE);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  elsewhere.close();
  await instance.close();
});

testInChromium('a link to a stream shows nobody else’s page as one of ours', async () => {
  const { page, open, close } = await newVisitor(instance.address);
  await open('/');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
  const seed = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/page.html`;
  const forged = new URLSearchParams({ seed, size: String(PAGE.length), type: 'text/html' });
  await open(`/stream/forged?${forged}`);
  expect(await page.title()).not.toMatch(/script ran|theirs/);
  const read = await page.evaluate(
    async (path) => (await fetch(path)).headers.get('content-type'),
    `/stream/read?${forged}`,
  );
  expect(read).not.toBe('text/html');
  await close();
});
