import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import sharp from 'sharp';
import { hostileFiles, hostileNames, makeMp4 } from '../support/media/index.js';
import { createUploadSuite, sha256, type UploadSuite } from '../support/upload-suite.js';
import { storedFiles, until, uploadForm } from '../support/uploads.js';

const MAX_FILE_SIZE = 3_000_000;

describe('upload in one form', () => {
  let suite: UploadSuite;
  const file = makeMp4();

  beforeAll(async () => {
    suite = await createUploadSuite({ VIDIVERSE_UPLOADS_MAX_FILE_SIZE: String(MAX_FILE_SIZE) });
  });
  afterAll(() => suite.instance.close());

  /** Does it, expects the refusal, and that nothing stayed. */
  async function expectRefused(upload: () => ReturnType<typeof uploadForm>, status: number | number[]) {
    const before = await suite.traces();
    const answer = await upload();
    expect([status].flat()).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.detail).toBeTruthy();
    expect(await suite.traces()).toEqual(before);
    return answer.body;
  }

  test('a video is stored byte for byte, with a row and one job', async () => {
    const before = await suite.traces();
    const { status, body } = await uploadForm(suite, file, { tags: 'one,two', privacy: 3 });
    expect(status).toBe(200);
    expect(body.video).toEqual({
      id: expect.any(Number),
      uuid: expect.any(String),
      shortUUID: expect.any(String),
    });
    expect(await suite.originalHash(body.video!.uuid)).toBe(sha256(file));
    const after = await suite.traces();
    expect([after.videos, after.jobs, after.files.length]).toEqual([
      before.videos + 1,
      before.jobs + 1,
      before.files.length + 1,
    ]);
  });

  test('a picture that comes along becomes the thumbnail', async () => {
    const picture = await sharp({ create: { width: 640, height: 360, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    const { body } = await uploadForm(suite, file, { images: { thumbnailfile: picture } });
    const video = await suite.database.getRepository('videos').findOneByOrFail({ uuid: body.video!.uuid });
    expect(video.thumbnailFilename).toBeTruthy();
  });

  test('a picture that is none is refused', () =>
    expectRefused(() => uploadForm(suite, file, { images: { previewfile: Buffer.from('<svg/>') } }), 415));

  test.each([
    ['no file', null, {}, 'videofile'],
    ['no name', file, { name: undefined }, 'name'],
    ['a name of two letters', file, { name: 'ab' }, 'name'],
    ['no channel', file, { channelId: undefined }, 'channelId'],
    ['somebody else’s channel', file, { channelId: 999 }, 'channelId'],
    ['an unknown privacy', file, { privacy: 77 }, 'privacy'],
  ])('%s is refused by name', async (_, content, fields, named) => {
    const problem = await expectRefused(() => uploadForm(suite, content, fields), 400);
    expect(Object.keys(problem['invalid-params'] ?? {})).toEqual([named]);
  });

  test('a visitor is refused', () =>
    expectRefused(() => uploadForm({ ...suite, token: 'nothing' }, file), 401));

  test('a body that is no form is refused', async () => {
    const response = await fetch(`${suite.address}/api/v1/videos/upload`, {
      method: 'POST',
      body: JSON.stringify({ name: 'A clip' }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${suite.token}` },
    });
    expect(response.status).toBe(415);
  });

  test('an empty file is refused', () => expectRefused(() => uploadForm(suite, Buffer.alloc(0)), 422));

  test('a file over the limit is refused with the limit', async () => {
    const large = makeMp4({ frames: Math.ceil(MAX_FILE_SIZE / 18_000) });
    const problem = await expectRefused(() => uploadForm(suite, large), 413);
    expect(problem).toMatchObject({
      code: 'max_file_size_reached',
      detail: expect.stringContaining(`${MAX_FILE_SIZE}`),
    });
  });

  test('a file far over the limit is refused before it is read', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${suite.address}/api/v1/videos/upload`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${suite.token}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': 100_000_000_000,
        },
      });
      request.on('response', (response) => {
        resolve(response.statusCode!);
        request.destroy();
      });
      request.on('error', reject).flushHeaders();
    });
    expect(status).toBe(413);
  });

  test.each(hostileFiles())('$what is refused with a reason', async ({ content, filename }) => {
    await expectRefused(() => uploadForm(suite, content, { filename }), [415, 422]);
  });

  test.each(hostileNames())(
    'a file whose name is $what is stored under a name of ours',
    async ({ filename }) => {
      const { status, body } = await uploadForm(suite, file, { filename });
      expect(status).toBe(200);
      const video = await suite.database.getRepository('videos').findOneByOrFail({ uuid: body.video!.uuid });
      expect(video.originalFilename).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test('an upload that breaks off leaves nothing', async () => {
    const before = await suite.traces();
    const head =
      '--x\r\ncontent-disposition: form-data; name="videofile"; filename="a.mp4"\r\ncontent-type: video/mp4\r\n\r\n';
    const request = httpRequest(`${suite.address}/api/v1/videos/upload`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${suite.token}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 2_000_000,
      },
    }).on('error', () => undefined);
    request.write(head);
    request.write(randomBytes(500_000));
    const grown = async () => (await storedFiles(suite.instance.dataFolder)).length > before.files.length;
    await until(grown, 'the file begins');
    request.destroy();
    await until(async () => !(await grown()), 'the file is gone');
    expect(await suite.traces()).toEqual(before);
  });
});

describe('quota', () => {
  let suite: UploadSuite;
  beforeAll(async () => {
    suite = await createUploadSuite();
  });
  afterAll(() => suite.instance.close());

  test('an upload beyond the quota is refused and leaves nothing', async () => {
    const file = makeMp4();
    await suite.setQuota(file.length - 1);
    const before = await suite.traces();
    const { status, body } = await uploadForm(suite, file);
    expect([status, body.code]).toEqual([413, 'quota_reached']);
    expect(await suite.traces()).toEqual(before);
  });

  test('20 uploads at once, each just under the quota, never exceed it', async () => {
    const file = makeMp4({ frames: 5 });
    await suite.setQuota(file.length * 3 + 10);
    const answers = await Promise.all(Array.from({ length: 20 }, () => uploadForm(suite, file)));
    const accepted = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ body }) => body.code === 'quota_reached');
    expect([accepted.length, refused.length]).toEqual([3, 17]);
    expect(await suite.traces()).toMatchObject({ videos: 3, jobs: 3, files: { length: 3 } });
  });
});
