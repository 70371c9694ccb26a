import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { createFakeFfmpeg, type FakeFfmpeg } from '../support/fake-ffmpeg.js';
import { makeH264Mp4, testWithFfmpeg } from '../support/media/index.js';
import { processesWith } from '../support/processes.js';
import {
  FAILED,
  kept,
  type Processing,
  processingOf,
  type ProcessingSite,
  PUBLISHED,
  retryProcessing,
  TO_TRANSCODE,
  untilProcessed,
  upload,
  videoOf,
} from '../support/processing.js';
import { type ProcessingServers, processingServers } from '../support/processing-servers.js';
import { until } from '../support/uploads.js';

const TIMEOUT = 900_000;

describe('an ffmpeg that misbehaves', () => {
  let servers: ProcessingServers;
  let fake: FakeFfmpeg;
  let clip: Buffer;

  beforeAll(async () => {
    fake = await createFakeFfmpeg();
  });
  beforeEach(async () => {
    servers = await processingServers();
  });
  afterEach(async () => {
    await fake.recover();
    await servers.remove();
  });
  afterAll(() => fake.remove());

  async function start(environment: Record<string, string> = {}) {
    clip = await servers.made((path) => makeH264Mp4(path, { width: 426, height: 240 }));
    return servers.start({ VIDIVERSE_MEDIA_FFMPEG_PATH: fake.path, ...environment });
  }

  /** Made whole on its owner's request. */
  async function expectRetryWorks(site: ProcessingSite, id: string): Promise<void> {
    await fake.recover();
    await retryProcessing(site, id);
    const { stages, state } = await untilProcessed(site, id);
    expect(state.id).toBe(PUBLISHED);
    expect(stages.filter(({ status }) => status !== 'done' && status !== 'skipped')).toEqual([]);
    expect((await videoOf(site, id)).files.map(({ height }) => height)).toEqual([240, 144]);
    await until(async () => (await kept(site, 'originals')).length === 0, 'the original is given up');
    await expect(retryProcessing(site, id)).rejects.toMatchObject({
      status: 409,
      problem: { code: 'not_failed' },
    });
  }

  testWithFfmpeg(
    'a file that kills the server three times is set aside with the reason, other videos go on',
    async () => {
      const { server, site } = await start();
      await fake.misbehave('kill the server');
      const id = await upload(site, clip);
      for (let crash = 1; crash <= 3; crash++) {
        await server.gone();
        await server.start();
      }
      const failed = async () => {
        const processing = await processingOf(site, id);
        return processing.state.id === FAILED && processing;
      };
      const processing = await until(failed, 'it is set aside');
      expect(
        (processing as Processing).stages.map(({ status, message }) => [status, message]),
      ).toContainEqual(['failed', expect.stringContaining('stopped the server several times')]);
      await fake.recover();
      const other = await upload(site, clip, { name: 'Another clip' });
      expect((await untilProcessed(site, other)).state.id).toBe(PUBLISHED);
      expect((await processingOf(site, id)).state.id).toBe(FAILED);
      await expectRetryWorks(site, id);
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'one that hangs is killed at the deadline with all it started; the reason names the limit',
    async () => {
      const { site } = await start({
        VIDIVERSE_MEDIA_LIMITS_MINIMUM_SECONDS: '2',
        VIDIVERSE_MEDIA_LIMITS_SECONDS_PER_MEDIA_SECOND: '1',
      });
      await fake.misbehave('hang');
      const id = await upload(site, clip);
      const { state, stages } = await untilProcessed(site, id);
      expect(state.id).toBe(FAILED);
      expect(stages.find(({ name }) => name === 'fast-start')).toMatchObject({
        status: 'failed',
        message: expect.stringMatching(/longer than the limit of 2 seconds/),
      });
      expect(await processesWith(fake.path)).toEqual([]);
      expect([await kept(site, 'tmp'), await kept(site, 'web-videos')]).toEqual([[], []]);
      await expectRetryWorks(site, id);
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'one that fails is tried once more, then its owner reads what it said, without a path of ours',
    async () => {
      const { site } = await start();
      await fake.misbehave('fail');
      const id = await upload(site, clip);
      const seen = new Set<number>();
      const { state, stages } = await untilProcessed(site, id, (processing) => seen.add(processing.state.id));
      expect([state.id, seen.has(TO_TRANSCODE)]).toEqual([FAILED, true]);
      const { message } = stages.find(({ name }) => name === 'fast-start')!;
      expect(message).toBe('The media tool could not handle the file: this file is cursed');
      await expectRetryWorks(site, id);
    },
    TIMEOUT,
  );

  testWithFfmpeg(
    'a rendition that fails leaves the rest published, and is made on request',
    async () => {
      const { site } = await start();
      await fake.misbehave('fail at 144p');
      const id = await upload(site, clip);
      const renditionFailed = async () => {
        const { state, stages } = await untilProcessed(site, id);
        return state.id === PUBLISHED && stages.some(({ status }) => status === 'failed');
      };
      await until(renditionFailed, 'the rendition has failed');
      expect((await videoOf(site, id)).files.map(({ height }) => height)).toEqual([240]);
      await expectRetryWorks(site, id);
    },
    TIMEOUT,
  );
});
