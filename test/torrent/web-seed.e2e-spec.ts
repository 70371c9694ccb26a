import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask } from './support/raw-http.js';
import { createSwarmSuite, type PublishedFile, type SwarmSuite } from './support/swarm-suite.js';

describe('the WebSeed', () => {
  let suite: SwarmSuite;
  let file: PublishedFile;
  let content: Buffer;
  let etag: string;

  beforeAll(async () => {
    suite = await createSwarmSuite();
    file = await suite.publish({ frames: 60 });
    const { headers, body } = await ask(file.fileUrl);
    content = body;
    etag = headers.etag!;
  });
  afterAll(() => suite.close());

  test('serves the whole file to who asks for no range, to be cached for ever', async () => {
    const { status, headers, body } = await ask(file.fileUrl);
    expect([status, body.length]).toEqual([200, file.size]);
    expect(headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': `${file.size}`,
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: expect.stringMatching(/^"[^"]+"$/),
    });
    expect(headers['content-range']).toBeUndefined();
  });

  test('answers HEAD as it answers GET, without the bytes', async () => {
    const whole = await ask(file.fileUrl, {}, 'HEAD');
    expect([whole.status, whole.body.length]).toEqual([200, 0]);
    const { date: _, ...expected } = (await ask(file.fileUrl)).headers;
    expect(whole.headers).toMatchObject(expected);
    const part = await ask(file.fileUrl, { range: 'bytes=10-19' }, 'HEAD');
    expect([part.status, part.headers['content-length'], part.body.length]).toEqual([206, '10', 0]);
  });

  test.each([
    ['the first byte', 'bytes=0-0', (size: number) => [0, 1, size]],
    ['the first piece', 'bytes=0-262143', (size: number) => [0, 262_144, size]],
    ['the middle', 'bytes=300000-300099', (size: number) => [300_000, 300_100, size]],
    ['the rest', 'bytes=300000-', (size: number) => [300_000, size, size]],
    ['the last 100', 'bytes=-100', (size: number) => [size - 100, size, size]],
    ['more than there is', 'bytes=300000-99999999', (size: number) => [300_000, size, size]],
    ['a suffix longer than the file', 'bytes=-99999999', (size: number) => [0, size, size]],
  ])('serves %s (%s)', async (_what, range, expected) => {
    const [start, end, size] = expected(file.size) as [number, number, number];
    const { status, headers, body } = await ask(file.fileUrl, { range });
    expect(status).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${start}-${end - 1}/${size}`);
    expect(headers['content-length']).toBe(`${end - start}`);
    expect(body.equals(content.subarray(start, end))).toBe(true);
  });

  test('serves the last byte', async () => {
    const { status, body } = await ask(file.fileUrl, { range: `bytes=${file.size - 1}-` });
    expect([status, body.equals(content.subarray(-1))]).toEqual([206, true]);
  });

  test.each(['bytes=99999999-', 'bytes=20-10', 'bytes=-0'])(
    'says of %s that it cannot, and how long the file is',
    async (range) => {
      const { status, headers, body } = await ask(file.fileUrl, { range });
      expect([status, headers['content-range'], body.length]).toEqual([416, `bytes */${file.size}`, 0]);
      // Kept, it would be the answer to other ranges of the same address.
      expect(headers['cache-control']).toBe('no-store');
    },
  );

  test.each([
    ['two ranges', 'bytes=0-1,5-6'],
    ['1000 ranges', `bytes=${Array(1000).fill('0-').join(',')}`],
    ['another unit', 'lines=1-2'],
    ['no numbers', 'bytes=x-y'],
  ])('answers a request for %s with the whole', async (_what, range) => {
    const { status, body } = await ask(file.fileUrl, { range });
    expect([status, body.equals(content)]).toEqual([200, true]);
  });

  test('says that a copy is still good', async () => {
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, headers, body } = await ask(file.fileUrl, { 'if-none-match': known });
      expect([status, body.length, headers.etag]).toEqual([304, 0, etag]);
    }
    expect((await ask(file.fileUrl, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('serves a range of the version that is asked for, else the whole', async () => {
    const range = 'bytes=0-9';
    const statusFor = async (version: string) =>
      (await ask(file.fileUrl, { range, 'if-range': version })).status;
    expect(await statusFor(etag)).toBe(206);
    for (const other of ['"other"', `W/${etag}`, 'Wed, 21 Oct 2026 07:28:00 GMT'])
      expect(await statusFor(other)).toBe(200);
  });

  test('lets pages of other instances ask for ranges and read the answer', async () => {
    const origin = 'https://elsewhere.example';
    const preflight = await ask(
      file.fileUrl,
      { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'range, if-range' },
      'OPTIONS',
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('GET'),
      'access-control-allow-headers': expect.stringMatching(/range/i),
      'access-control-max-age': expect.stringMatching(/^\d+$/),
    });
    for (const range of ['bytes=0-9', 'bytes=99999999-']) {
      const { headers } = await ask(file.fileUrl, { origin, range });
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      for (const name of ['Content-Range', 'Content-Length', 'Accept-Ranges', 'ETag'])
        expect(headers['access-control-expose-headers']).toContain(name);
    }
  });

  test('is at the older path as well, and a download under the title of the video', async () => {
    const older = await ask(file.fileUrl.replace('web-videos', 'webseed'), { range: 'bytes=0-9' });
    expect(older.body.equals(content.subarray(0, 10))).toBe(true);
    const { headers, body } = await ask(file.fileUrl.replace('static', 'download'));
    expect(headers['content-disposition']).toMatch(/^attachment; filename="A test clip-\d+p\.mp4"/);
    expect(body.equals(content)).toBe(true);
  });

  test.each(['..%2f..%2fvidiverse.sqlite', '%2e%2e', '.hidden', 'nothing.mp4', 'a%00.mp4'])(
    'serves nothing under the name %s',
    async (name) => {
      expect((await ask(`${suite.address}/static/web-videos/${name}`)).status).toBeGreaterThanOrEqual(400);
    },
  );

  test('counts what it served, for the page to show', async () => {
    const served = async () => {
      const { files } = await suite.client.call<{ files: Array<{ webSeedBytes: number }> }>(
        'GET',
        `/api/v1/videos/${file.uuid}/swarm`,
      );
      return files[0]!.webSeedBytes;
    };
    const before = await served();
    await ask(file.fileUrl, { range: 'bytes=0-999' });
    await ask(file.fileUrl, {}, 'HEAD');
    await ask(file.fileUrl, { 'if-none-match': etag });
    expect(await served()).toBe(before + 1000);
  });

  test('ends with the video: closed or deleted, its file is not found', async () => {
    const video = await suite.publish({ seed: 9 });
    const status = async () => (await ask(video.fileUrl, { range: 'bytes=0-9' })).status;
    expect(await status()).toBe(206);
    await suite.client.updateVideo(video.uuid, { privacy: 3 });
    expect(await status()).toBe(404);
    await suite.client.updateVideo(video.uuid, { privacy: 1 });
    expect(await status()).toBe(206);
    await suite.client.removeVideo(video.uuid);
    expect(await status()).toBe(404);
  });
});
