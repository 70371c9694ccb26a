import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { jobFailed, type TranscodingProfile, transcodingProfileChosen } from '@vidiverse/hooks';
import { DataSource } from 'typeorm';
import { administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { makeMp4 } from '../support/media/index.js';
import { until, type Uploader, uploaderOf, uploadForm } from '../support/uploads.js';
import { type Probe, probeOf } from './probe.js';

/** Pixels: a clip of this size has 144p below it. */
const SIZE = { columns: 20, rows: 15, width: 320, height: 240 };

describe('the hooks of background work', () => {
  let instance: TestInstance;
  let client: InstanceClient;
  let uploader: Uploader;
  let probe: Probe;

  beforeAll(async () => {
    instance = await createInstance({
      environment: {
        VIDIVERSE_MEDIA_TRANSCODING_RESOLUTIONS: '144,200',
        VIDIVERSE_JOBS_POLL_INTERVAL: '50',
      },
    });
    client = await administratorOf(instance);
    uploader = await uploaderOf(instance);
    probe = probeOf(instance);
  });
  afterEach(() => probe.off());
  afterAll(() => instance.close());

  const upload = async () => (await uploadForm(uploader, makeMp4({ frames: 10, size: SIZE }))).body.video!;
  const renditions = (uuid: string) =>
    until(async () => {
      const { stages, state } = await client.call<{
        state: { id: number };
        stages: Array<{ name: string; status: string; label: string }>;
      }>('GET', `/api/v1/videos/${uuid}/processing`);
      const made = stages.filter(({ name }) => name === 'rendition');
      const isOver =
        stages.length > 0 && stages.every(({ status }) => ['done', 'skipped', 'failed'].includes(status));
      return isOver && state.id === 1 ? made.map(({ label }) => /\d+/.exec(label)![0]) : null;
    }, 'processing is over');

  describe('the transcoding profile', () => {
    test('is what a plugin makes of it for the video', async () => {
      const { given, contexts } = probe.on(transcodingProfileChosen, (profile) => ({
        ...profile,
        resolutions: [144],
      }));
      const { uuid, id } = await upload();
      expect(await renditions(uuid)).toEqual(['144']);
      // For the files of the video, and for the one rendition.
      expect(given).toHaveLength(2);
      expect(given[0]).toEqual({
        resolutions: [144, 200],
        crf: 23,
        preset: 'veryfast',
        maxFps: 60,
        maxBitsPerPixel: 0.15,
        keyFrameInterval: 2,
        threads: 2,
      });
      expect(contexts[0]).toMatchObject({
        video: { id, uuid, isLocal: true },
        media: { mediaType: 'video/mp4', width: 320, height: 240, videoCodec: 'avc', audioCodec: null },
      });
    });

    test.each([
      ['breaks', (at: Probe) => at.breaks(transcodingProfileChosen)],
      [
        'answers what is out of bounds',
        (at: Probe) =>
          void at.on(transcodingProfileChosen, (profile) => ({ ...profile, resolutions: [], crf: 99 })),
      ],
      [
        'answers what is no profile',
        (at: Probe) =>
          void at.on(
            transcodingProfileChosen,
            () => ({ resolutions: 'all' }) as unknown as TranscodingProfile,
          ),
      ],
    ])('is as configured when the plugin %s', async (_, handle) => {
      handle(probe);
      expect(await renditions((await upload()).uuid)).toEqual(['200', '144']);
    });
  });

  describe('a job', () => {
    const add = (id: string, fields: object) =>
      instance.nest
        .get(DataSource)
        .getRepository('JobEntity')
        .save({
          id,
          // It cannot be run without a payload.
          kind: 'following.reject-all',
          payload: null,
          runAt: new Date(),
          createdAt: new Date(),
          updatedAt: new Date(),
          ...fields,
        });

    test('that has failed for the last time is told, whether plugins break or not', async () => {
      const told = probe.on(jobFailed);
      probe.breaks(jobFailed);
      await add('failing', { state: 'waiting' });
      expect(await told.next()).toEqual({
        id: 'failing',
        kind: 'following.reject-all',
        payload: null,
        state: 'failed',
        attempts: 1,
        error: expect.stringContaining('TypeError'),
        failedAt: expect.stringMatching(/^\d{4}-/),
      });
    });

    test('that is set aside is told', async () => {
      const told = probe.on(jobFailed);
      await add('deadly', { state: 'active', leaseHolder: 'a dead process', leaseUntil: 1, crashes: 1000 });
      expect(await told.next()).toMatchObject({
        id: 'deadly',
        state: 'set-aside',
        error: expect.stringContaining('died 1001 times'),
      });
    });
  });
});
