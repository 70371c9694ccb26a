import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createUploadSuite, sha256, type UploadSuite } from '../support/upload-suite.js';
import {
  begin,
  HALF,
  halfSent,
  probe,
  putChunk,
  putRange,
  putRest,
  startResumable,
  type UploadAnswer,
} from '../support/uploads.js';

const MAX_FILE_SIZE = 5_000_000;

const to = (id: string) => `/api/v1/videos/upload-resumable?upload_id=${id}`;

describe('resumable upload refuses', () => {
  let suite: UploadSuite;

  beforeAll(async () => {
    suite = await createUploadSuite({ VIDIVERSE_UPLOADS_MAX_FILE_SIZE: String(MAX_FILE_SIZE) });
  });
  afterAll(() => suite.instance.close());

  test.each<[string, (location: string, file: Buffer) => Promise<UploadAnswer>, number]>([
    ['a gap', (at, file) => putChunk(suite, at, file.subarray(HALF + 1), HALF + 1, file.length), 409],
    ['an overlap', (at, file) => putChunk(suite, at, file.subarray(HALF - 1), HALF - 1, file.length), 409],
    ['the first chunk again', (at, file) => putChunk(suite, at, file.subarray(0, HALF), 0, file.length), 409],
    [
      'a smaller total',
      (at, file) => putChunk(suite, at, file.subarray(HALF, -9), HALF, file.length - 9),
      409,
    ],
    ['a larger total', (at, file) => putChunk(suite, at, file.subarray(HALF), HALF, file.length + 9), 409],
    [
      'bytes beyond the end',
      (at, file) => putRange(suite, at, file, `bytes ${HALF}-${HALF + file.length - 1}/*`),
      409,
    ],
    ['a question with another total', (at) => putRange(suite, at, Buffer.alloc(0), 'bytes */7'), 409],
    [
      'a chunk of one byte',
      (at, file) => putChunk(suite, at, file.subarray(HALF, HALF + 1), HALF, file.length),
      400,
    ],
    [
      'less than the range says',
      (at, file) => putRange(suite, at, file.subarray(0, 9), `bytes ${HALF}-${HALF + 9999}/*`),
      400,
    ],
    ['a malformed range', (at, file) => putRange(suite, at, file.subarray(0, 9), 'bytes 9-1/x'), 400],
    [
      'a way out of the folder',
      (_, file) => putChunk(suite, to('../../etc/passwd'), file, 0, file.length),
      400,
    ],
    [
      'an encoded way out',
      (_, file) => putChunk(suite, to('..%2f..%2fvidiverse.sqlite'), file, 0, file.length),
      400,
    ],
    [
      'an id nobody has',
      (_, file) => putChunk(suite, to('00000000-0000-4000-8000-000000000000'), file, 0, file.length),
      404,
    ],
  ])('%s, and the upload is unharmed', async (_, attempt, status) => {
    const { file, location } = await halfSent(suite);
    const answer = await attempt(location, file);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const { arrived } = await probe(suite, location, file.length);
    expect(arrived).toBe(HALF);
    const finished = await putRest(suite, location, file, arrived);
    expect(await suite.originalHash(finished.body.video!.uuid)).toBe(sha256(file));
  });

  test.each<[string, () => Promise<UploadAnswer>, number, string]>([
    ['no size', () => startResumable(suite, NaN), 400, 'invalid_input'],
    ['a size of zero', () => startResumable(suite, 0), 400, 'invalid_input'],
    ['a size over the limit', () => startResumable(suite, MAX_FILE_SIZE + 1), 413, 'max_file_size_reached'],
    [
      'a web page',
      () => startResumable(suite, 9, {}, { 'x-upload-content-type': 'text/html' }),
      415,
      'unsupported_media',
    ],
    ['no file name', () => startResumable(suite, 9, { filename: undefined }), 400, 'invalid_input'],
    ['no title', () => startResumable(suite, 9, { name: undefined }), 400, 'invalid_input'],
    ['somebody else’s channel', () => startResumable(suite, 9, { channelId: 999 }), 400, 'invalid_input'],
  ])('an announcement of %s', async (_, attempt, status, code) => {
    const before = await suite.traces();
    const answer = await attempt();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await suite.traces()).toEqual(before);
  });

  test('what turns out to be no video at its end, and all of it goes', async () => {
    const before = await suite.traces();
    const page = Buffer.from('<!doctype html>'.repeat(1000));
    const location = await begin(suite, page.length);
    expect((await putRest(suite, location, page)).status).toBe(415);
    expect((await probe(suite, location, page.length)).status).toBe(404);
    expect(await suite.traces()).toEqual(before);
  });

  test('what no longer fits the quota at its end, and all of it goes', async () => {
    const before = await suite.traces();
    const { file, location } = await halfSent(suite);
    await suite.setQuota(file.length - 1);
    const answer = await putRest(suite, location, file, HALF);
    await suite.setQuota(-1);
    expect([answer.status, answer.body.code]).toEqual([413, 'quota_reached']);
    expect(await suite.traces()).toEqual(before);
  });
});
