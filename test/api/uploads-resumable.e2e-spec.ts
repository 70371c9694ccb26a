import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeMp4 } from '../support/media/index.js';
import { createUploadSuite, sha256, suiteOn, type UploadSuite } from '../support/upload-suite.js';
import {
  begin,
  cancelUpload,
  probe,
  putChunk,
  putPart,
  HALF,
  halfSent,
  putRest,
  startResumable,
  until,
  type UploadAnswer,
} from '../support/uploads.js';

const MAX_SESSIONS = 4;
const MAX_FILE_SIZE = 5_000_000;

describe('resumable upload', () => {
  let suite: UploadSuite;

  beforeAll(async () => {
    suite = await createUploadSuite({
      VIDIVERSE_UPLOADS_MAX_SESSIONS_PER_USER: String(MAX_SESSIONS),
      VIDIVERSE_UPLOADS_MAX_FILE_SIZE: String(MAX_FILE_SIZE),
    });
  });
  afterAll(() => suite.instance.close());

  async function expectFinished(answer: UploadAnswer, file: Buffer) {
    expect(answer.status).toBe(200);
    expect(await suite.originalHash(answer.body.video!.uuid)).toBe(sha256(file));
    return answer.body.video!;
  }

  test('chunks are acknowledged by their range, and the last answers the video', async () => {
    const file = makeMp4();
    const location = await begin(suite, file.length);
    expect(location).toMatch(/upload_id=[0-9a-f-]{36}$/);
    const first = await putChunk(suite, location, file.subarray(0, HALF), 0, file.length);
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${HALF - 1}`]);
    const last = await putChunk(suite, location, file.subarray(HALF), HALF, file.length);
    await expectFinished(last, file);
    expect((await suite.traces()).files.filter((path) => path.includes('/uploads/'))).toEqual([]);
  });

  test('the last request, sent again, answers the same video', async () => {
    const { file, location } = await halfSent(suite);
    const finish = () => putChunk(suite, location, file.subarray(HALF), HALF, file.length);
    const video = await expectFinished(await finish(), file);
    const { videos } = await suite.traces();
    expect((await finish()).body.video).toEqual(video);
    expect((await probe(suite, location, file.length)).body.video).toEqual(video);
    expect((await suite.traces()).videos).toBe(videos);
  });

  test('the last request, sent several times at once, makes one video', async () => {
    const { file, location } = await halfSent(suite);
    const { videos } = await suite.traces();
    const finish = () => putChunk(suite, location, file.subarray(HALF), HALF, file.length).catch(() => null);
    await Promise.all([finish(), finish(), finish()]);
    const { arrived, body } = await probe(suite, location, file.length);
    if (!body.video) await putRest(suite, location, file, arrived);
    expect((await suite.traces()).videos).toBe(videos + 1);
  });

  test('a broken connection loses nothing that had arrived', async () => {
    const { file, location } = await halfSent(suite);
    const part = putPart(suite, location, file, HALF, 100_000);
    await until(async () => (await sizeOnDisk(location)) > HALF, 'more bytes on the disk');
    part.cut();
    await part.closed;
    const { status, arrived } = await probe(suite, location, file.length);
    expect(status).toBe(308);
    expect(arrived).toBeGreaterThan(HALF);
    await expectFinished(await putRest(suite, location, file, arrived), file);
  });

  test('a newer connection takes over from one that hangs', async () => {
    const { file, location } = await halfSent(suite);
    const hanging = putPart(suite, location, file, HALF, 50_000);
    await until(async () => (await sizeOnDisk(location)) > HALF, 'more bytes on the disk');
    const { arrived } = await probe(suite, location, file.length);
    await hanging.closed;
    await expectFinished(await putRest(suite, location, file, arrived), file);
  });

  test('after a restart of the instance the upload goes on', async () => {
    const { file, location } = await halfSent(suite);
    suite = await suiteOn(await suite.instance.restart());
    const { arrived } = await probe(suite, location, file.length);
    expect(arrived).toBe(HALF);
    await expectFinished(await putRest(suite, location, file, arrived), file);
  });

  test('the same file picked again continues; another does not', async () => {
    const { file, location, filename } = await halfSent(suite);
    const fields = { filename };
    const again = await startResumable(suite, file.length, fields);
    expect([again.status, again.headers.get('location'), again.headers.get('range')]).toEqual([
      200,
      location,
      `bytes=0-${HALF - 1}`,
    ]);
    for (const other of [
      { filename: 'other.mp4' },
      { ...fields, name: 'Another title' },
      { ...fields, lastModified: 1 },
    ]) {
      const answer = await startResumable(suite, file.length, other);
      expect([answer.status, answer.headers.get('location') === location]).toEqual([201, false]);
      await cancelUpload(suite, answer.headers.get('location')!);
    }
    await cancelUpload(suite, location);
  });

  test('to another user, and to a visitor, the upload does not exist', async () => {
    const { file, location } = await halfSent(suite);
    const other = await suite.addUser('mallory');
    expect((await putChunk(other, location, file.subarray(HALF), HALF, file.length)).status).toBe(404);
    expect((await probe(other, location, file.length)).status).toBe(404);
    expect((await cancelUpload(other, location)).status).toBe(404);
    expect((await probe({ ...suite, token: 'nothing' }, location, file.length)).status).toBe(401);
    expect((await probe(suite, location, file.length)).arrived).toBe(HALF);
    await cancelUpload(suite, location);
  });

  test('an upload that is given up leaves nothing', async () => {
    const before = await suite.traces();
    const { file, location } = await halfSent(suite);
    expect((await cancelUpload(suite, location)).status).toBe(204);
    expect((await probe(suite, location, file.length)).status).toBe(404);
    expect(await suite.traces()).toEqual(before);
  });

  test('there are only so many unfinished uploads of one user', async () => {
    const locations: string[] = [];
    for (let number = 0; number < MAX_SESSIONS; number++) {
      locations.push(await begin(suite, 100_000, { filename: `many-${number}.mp4` }));
    }
    const refused = await startResumable(suite, 100_000, { filename: 'one-more.mp4' });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    for (const location of locations) await cancelUpload(suite, location);
    await cancelUpload(suite, await begin(suite, 100_000, { filename: 'one-more.mp4' }));
  });

  async function sizeOnDisk(location: string): Promise<number> {
    const { stat } = await import('node:fs/promises');
    return (await stat(`${suite.instance.dataFolder}/uploads/${location.split('=')[1]!}`)).size;
  }
});
