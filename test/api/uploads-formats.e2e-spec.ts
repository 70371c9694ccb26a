import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  makeAudio,
  makeH264Mp4,
  makeRotatedMov,
  makeVp9Webm,
  testWithFfmpeg,
} from '../support/media/index.js';
import { createUploadSuite, sha256, type UploadSuite } from '../support/upload-suite.js';
import { begin, putRest, uploadForm } from '../support/uploads.js';

describe('files as encoders and phones write them', () => {
  let suite: UploadSuite;
  let folder: string;

  beforeAll(async () => {
    suite = await createUploadSuite();
    folder = await mkdtemp(join(tmpdir(), 'vidiverse-formats-'));
  });
  afterAll(async () => {
    await suite.instance.close();
    await rm(folder, { recursive: true, force: true });
  });

  const made = async (name: string, make: (path: string) => Promise<void>) => {
    await make(join(folder, name));
    return readFile(join(folder, name));
  };

  const kinds: Array<[string, (path: string) => Promise<void>]> = [
    ['an H.264 MP4 with its index at the end', makeH264Mp4],
    ['a VP9 WebM', makeVp9Webm],
    ['a rotated MOV of a phone', makeRotatedMov],
  ];
  for (const [what, make] of kinds) {
    testWithFfmpeg(`${what} is taken, in one form and in chunks`, async () => {
      const file = await made('clip', make);
      // The name says nothing: the content decides.
      const form = await uploadForm(suite, file, { filename: 'clip.txt' });
      expect(form.status).toBe(200);
      const chunks = await putRest(suite, await begin(suite, file.length), file);
      expect(chunks.status).toBe(200);
      for (const { body } of [form, chunks])
        expect(await suite.originalHash(body.video!.uuid)).toBe(sha256(file));
    });
  }

  testWithFfmpeg('sound without a picture is refused with the reason', async () => {
    const file = await made('song.mp4', makeAudio);
    const before = await suite.traces();
    const { status, body } = await uploadForm(suite, file);
    expect([415, 422]).toContain(status);
    expect(body.detail).toBeTruthy();
    expect(await suite.traces()).toEqual(before);
  });
});
