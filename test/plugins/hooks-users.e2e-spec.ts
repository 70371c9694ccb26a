import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  hold,
  loginAttempted,
  refuse,
  uploadAccepted,
  userRegistered,
  userRegistering,
} from '@vidiverse/hooks';
import { addUser, administratorOf, type InstanceClient, USER_PASSWORD } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { makeMp4 } from '../support/media/index.js';
import { begin, putChunk, storedFiles, type Uploader, uploaderOf, uploadForm } from '../support/uploads.js';
import { QUICK_PUBLISHING } from '../support/videos.js';
import { type Probe, probeOf } from './probe.js';

const VERDICTS = [
  ['refuses', refuse, 'refused_by_plugin'],
  ['holds', hold, 'held_by_plugin'],
] as const;

describe('the hooks of users', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let ada: InstanceClient;
  let uploader: Uploader;
  let probe: Probe;

  beforeAll(async () => {
    instance = await createInstance({
      environment: { ...QUICK_PUBLISHING, VIDIVERSE_AUTH_LOGIN_ATTEMPTS: '3' },
    });
    administrator = await administratorOf(instance);
    ada = await addUser(administrator, 'ada');
    uploader = await uploaderOf(instance, 'ada', USER_PASSWORD);
    probe = probeOf(instance);
  });
  afterEach(() => probe.off());
  afterAll(() => instance.close());

  const logIn = () => ada.visitor().login('ada', USER_PASSWORD);

  describe('a login', () => {
    test.each(VERDICTS)('that a plugin %s ends with its reason', async (_, verdict, code) => {
      const { given } = probe.on(loginAttempted, () => verdict('At night nobody logs in.'));
      await expect(logIn()).rejects.toMatchObject({
        status: 403,
        problem: { code, detail: 'At night nobody logs in.' },
      });
      expect(given).toEqual([
        { user: { id: expect.any(Number), username: 'ada', role: 'user' }, network: '127.0.0.1' },
      ]);
    });

    test('is held when the plugin breaks, and counts as no failed one', async () => {
      probe.breaks(loginAttempted);
      for (let count = 0; count < 4; count += 1)
        await expect(logIn()).rejects.toMatchObject({ status: 403, problem: { code: 'held_by_plugin' } });
      probe.off();
      await logIn();
    });

    test('of an administrator, with a wrong password, or by a refresh token is none for plugins', async () => {
      const client = await logIn();
      const { given } = probe.on(loginAttempted, () => refuse('Nobody.'));
      await administratorOf(instance);
      await client.refresh();
      await expect(ada.visitor().login('ada', 'a wrong one')).rejects.toMatchObject({ status: 400 });
      expect(given).toEqual([]);
    });
  });

  describe('a new user', () => {
    test('is told, without an e-mail address, once there is one', async () => {
      const asked = probe.on(userRegistering);
      const told = probe.on(userRegistered);
      await addUser(administrator, 'bob');
      expect(asked.given).toEqual([
        {
          username: 'bob',
          email: 'bob@test.invalid',
          role: 'user',
          createdBy: { id: expect.any(Number), username: 'root', role: 'administrator' },
        },
      ]);
      expect(await told.next()).toEqual({ id: expect.any(Number), username: 'bob', role: 'user' });
    });

    test.each(VERDICTS)('that a plugin %s is not made', async (_, verdict, code) => {
      probe.on(userRegistering, () => verdict('Use another address.'));
      const told = probe.on(userRegistered);
      await expect(addUser(administrator, 'eve')).rejects.toMatchObject({
        status: 403,
        problem: { code, detail: 'Use another address.' },
      });
      expect((await administrator.users({ count: 100 })).data.map(({ username }) => username)).not.toContain(
        'eve',
      );
      expect(told.given).toEqual([]);
    });

    test('is held when a plugin breaks that is asked, and made when one breaks that is told', async () => {
      probe.breaks(userRegistering);
      await expect(addUser(administrator, 'mallory')).rejects.toMatchObject({
        problem: { code: 'held_by_plugin' },
      });
      probe.off();
      probe.breaks(userRegistered);
      await addUser(administrator, 'mallory');
    });
  });

  describe('an upload', () => {
    const resumable = async (file: Buffer) =>
      putChunk(uploader, await begin(uploader, file.length, { name: 'free money' }), file, 0, file.length);
    const form = (file: Buffer) =>
      uploadForm(uploader, file, { name: 'free money', tags: 'a tag', privacy: 2 });
    const stored = () => storedFiles(instance.dataFolder);

    test.each(VERDICTS)(
      'that a plugin %s ends with its reason, and nothing of it stays',
      async (_, verdict, code) => {
        const { given } = probe.on(uploadAccepted, ({ name }) =>
          name === 'free money' ? verdict('This title is not wanted here.') : undefined,
        );
        const before = (await stored()).length;
        for (const answer of [await form(makeMp4({ frames: 5 })), await resumable(makeMp4({ frames: 6 }))])
          expect(answer).toMatchObject({
            status: 403,
            body: { code, detail: 'This title is not wanted here.' },
          });
        expect((await stored()).length).toBe(before);
        expect(given[0]).toEqual({
          uploader: { id: expect.any(Number), username: 'ada', role: 'user' },
          channelId: uploader.channelId,
          name: 'free money',
          description: null,
          tags: ['a tag'],
          category: null,
          language: null,
          privacy: 2,
          nsfw: false,
          size: expect.any(Number),
          media: {
            mediaType: 'video/mp4',
            duration: expect.any(Number),
            width: 128,
            height: 96,
            fps: 25,
            videoCodec: 'avc',
            audioCodec: null,
          },
        });
        expect((await form(makeMp4({ frames: 5 }))).status).toBe(403);
      },
    );

    test('is held when the plugin breaks, and may come again', async () => {
      probe.breaks(uploadAccepted);
      const file = makeMp4({ frames: 7 });
      expect(await form(file)).toMatchObject({ status: 403, body: { code: 'held_by_plugin' } });
      probe.off();
      expect(await form(file)).toMatchObject({ status: 200, body: { video: expect.any(Object) } });
    });

    test('that is no video, or does not fit the quota, is none for plugins', async () => {
      const { given } = probe.on(uploadAccepted);
      expect((await form(Buffer.from('no video at all'))).status).toBe(415);
      const { id } = await ada.me();
      await administrator.updateUser(id, { videoQuota: 1 });
      expect((await form(makeMp4({ frames: 8 }))).status).toBe(413);
      await administrator.updateUser(id, { videoQuota: -1 });
      expect(given).toEqual([]);
    });
  });
});
