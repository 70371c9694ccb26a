import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  addUser,
  administratorOf,
  type InstanceClient,
  USER_PASSWORD,
  visitorOf,
} from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { makeMp4 } from '../support/media/index.js';
import { storedFiles, until, uploadForm } from '../support/uploads.js';
import { publishVideo, QUICK_PUBLISHING, uploadVideo } from '../support/videos.js';

const forbidden = { status: 403 };
const invalid = (field: string) => ({
  status: 400,
  problem: { code: 'invalid_input', 'invalid-params': { [field]: { msg: expect.any(String) } } },
});

describe('people', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let ada: InstanceClient;
  let eve: InstanceClient;

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK_PUBLISHING });
    administrator = await administratorOf(instance);
    ada = await addUser(administrator, 'ada');
    eve = await addUser(administrator, 'eve');
  });
  afterAll(() => instance.close());

  describe('users, as the administrator keeps them', () => {
    test('a new user has an account, a channel and the default quota', async () => {
      const { user } = await administrator.createUser({
        username: 'New.User',
        email: 'New@Test.invalid',
        password: USER_PASSWORD,
      });
      expect(await administrator.user(user.id)).toMatchObject({
        id: user.id,
        username: 'new.user',
        email: 'new@test.invalid',
        role: { id: 2, label: 'User' },
        videoQuota: -1,
        videoQuotaDaily: -1,
        blocked: false,
        account: { id: user.account.id, name: 'new.user' },
        videoChannels: [{ name: 'new.user_channel' }],
      });
    });

    test('names and addresses are taken once, whatever their case, and whoever has them', async () => {
      for (const fields of [
        { username: 'ADA', email: 'free@test.invalid' },
        { username: 'free', email: 'ADA@test.invalid' },
        { username: 'ada_channel', email: 'free@test.invalid' },
      ])
        await expect(administrator.createUser({ ...fields, password: USER_PASSWORD })).rejects.toMatchObject({
          status: 409,
          problem: { code: 'user_exists' },
        });
    });

    test('of ten users of one name made at once there is one', async () => {
      const answers = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          administrator.createUser({
            username: 'many',
            email: `many${index}@test.invalid`,
            password: USER_PASSWORD,
          }),
        ),
      );
      const failures = answers.filter((answer) => answer.status === 'rejected');
      expect(failures).toHaveLength(9);
      for (const { reason } of failures) expect(reason).toMatchObject({ status: 409 });
    });

    test.each([
      ['username', { username: 'two words' }],
      ['username', { username: 'peertube' }],
      ['username', { username: '../../etc' }],
      ['email', { email: 'nobody' }],
      ['password', { password: 'short' }],
      ['role', { role: 7 }],
      ['videoQuota', { videoQuota: -2 }],
    ])('%s is checked: %j', async (field, wrong) => {
      const fields = { username: 'fine', email: 'fine@test.invalid', password: USER_PASSWORD };
      await expect(administrator.createUser({ ...fields, ...wrong })).rejects.toMatchObject(invalid(field));
    });

    test('lists are paged and bounded', async () => {
      const all = await administrator.users({ count: 100 });
      expect(all.data).toHaveLength(all.total);
      const page = await administrator.users({ start: 1, count: 2 });
      expect(page).toEqual({ total: all.total, data: all.data.slice(1, 3) });
      await expect(administrator.users({ count: 101 })).rejects.toMatchObject(invalid('count'));
      await expect(administrator.users({ start: -1 })).rejects.toMatchObject(invalid('start'));
    });

    test('role, quota, address and password can be changed', async () => {
      const user = await addUser(administrator, 'changed');
      const { id } = await user.me();
      await administrator.updateUser(id, {
        role: 1,
        videoQuota: 5_000_000_000,
        videoQuotaDaily: 7,
        email: 'Other@test.invalid',
      });
      expect(await user.me()).toMatchObject({
        role: { id: 1, label: 'Moderator' },
        videoQuota: 5_000_000_000,
        videoQuotaDaily: 7,
        email: 'other@test.invalid',
      });
      await expect(administrator.updateUser(id, { email: 'ada@test.invalid' })).rejects.toMatchObject({
        status: 409,
      });
      await administrator.updateUser(id, { password: 'given by the staff' });
      await expect(user.me()).rejects.toMatchObject({ status: 401 });
      await user.login('changed', 'given by the staff');
    });

    test('a deleted user leaves no account, channel, video or file behind', async () => {
      const user = await addUser(administrator, 'leaving');
      const { id } = await user.me();
      const before = await storedFiles(instance.dataFolder);
      const video = await publishVideo(user);
      await uploadVideo(user);
      await administrator.removeUser(id);
      await expect(administrator.user(id)).rejects.toMatchObject({ status: 404 });
      await expect(user.me()).rejects.toMatchObject({ status: 401 });
      await expect(user.refresh()).rejects.toMatchObject({ status: 400 });
      await expect(administrator.account('leaving')).rejects.toMatchObject({ status: 404 });
      await expect(administrator.channel('leaving_channel')).rejects.toMatchObject({ status: 404 });
      await expect(administrator.video(video.uuid)).rejects.toMatchObject({ status: 404 });
      const left = async () =>
        (await storedFiles(instance.dataFolder)).filter((path) => !before.includes(path));
      await until(async () => (await left()).length === 0, 'the files are gone');
    });

    test('the last administrator can be neither deleted, blocked nor made a user', async () => {
      const { id } = await administrator.me();
      const refused = { status: 403, problem: { code: 'last_administrator' } };
      await expect(administrator.removeUser(id)).rejects.toMatchObject(refused);
      await expect(administrator.blockUser(id)).rejects.toMatchObject(refused);
      await expect(administrator.updateUser(id, { role: 2 })).rejects.toMatchObject(refused);
    });

    test('of two administrators a blocked one may go, and then the other stays', async () => {
      const other = await addUser(administrator, 'second.admin', { role: 0 });
      const { id } = await other.me();
      await administrator.blockUser(id);
      await administrator.updateUser(id, { role: 2 });
      await expect(administrator.blockUser((await administrator.me()).id)).rejects.toMatchObject(forbidden);
    });

    test('nobody but an administrator sees or changes users', async () => {
      const { id } = await ada.me();
      const moderator = await addUser(administrator, 'moderator', { role: 1 });
      for (const user of [eve, moderator]) {
        await expect(user.users()).rejects.toMatchObject(forbidden);
        await expect(user.user(id)).rejects.toMatchObject(forbidden);
        await expect(user.updateUser(id, { role: 0 })).rejects.toMatchObject(forbidden);
        await expect(user.updateUser((await user.me()).id, { role: 0 })).rejects.toMatchObject(forbidden);
        await expect(user.removeUser(id)).rejects.toMatchObject(forbidden);
        await expect(user.blockUser(id)).rejects.toMatchObject(forbidden);
        await expect(
          user.createUser({ username: 'mine', email: 'mine@test.invalid', password: USER_PASSWORD }),
        ).rejects.toMatchObject(forbidden);
      }
    });
  });

  describe('oneself', () => {
    test('changes display name, description and P2P, as JSON and as a form', async () => {
      await ada.updateMe({ displayName: 'Ada L.', description: 'Counts.', p2pEnabled: false });
      expect(await ada.me()).toMatchObject({
        p2pEnabled: false,
        account: { name: 'ada', displayName: 'Ada L.', description: 'Counts.' },
      });
      await ada.call('PUT', '/api/v1/users/me', { form: { p2pEnabled: 'true', displayName: 'Ada' } });
      expect(await ada.me()).toMatchObject({
        p2pEnabled: true,
        account: { displayName: 'Ada', description: 'Counts.' },
      });
      await ada.updateMe({ description: null });
      expect(await ada.account('ada')).toMatchObject({ displayName: 'Ada', description: null });
    });

    test('changes the address only with the password, and to a free one', async () => {
      await expect(ada.updateMe({ email: 'new.ada@test.invalid' })).rejects.toMatchObject(
        invalid('currentPassword'),
      );
      const currentPassword = USER_PASSWORD;
      await expect(ada.updateMe({ email: 'eve@test.invalid', currentPassword })).rejects.toMatchObject({
        status: 409,
      });
      await ada.updateMe({ email: 'new.ada@test.invalid', currentPassword });
      expect((await ada.me()).email).toBe('new.ada@test.invalid');
      await ada.updateMe({ email: 'ada@test.invalid', currentPassword });
    });

    test.each(['role', 'videoQuota', 'blocked', 'id', 'username', 'emailVerified', 'passwordHash'])(
      '%s cannot be slipped in',
      async (field) => {
        const before = await eve.me();
        await expect(eve.updateMe({ displayName: 'Eve', [field]: 0 })).rejects.toMatchObject({ status: 400 });
        expect(await eve.me()).toEqual(before);
      },
    );

    test('sees what counts against the quota', async () => {
      const user = await addUser(administrator, 'quota', {
        videoQuota: 10_000_000,
        videoQuotaDaily: 9_000_000,
      });
      expect(await user.quotaUsed()).toEqual({ videoQuotaUsed: 0, videoQuotaUsedDaily: 0 });
      const { files, uuid } = await publishVideo(user);
      await until(
        async () => (await user.quotaUsed()).videoQuotaUsed === files[0]!.size,
        'the file counts once',
      );
      await user.removeVideo(uuid);
      expect(await user.quotaUsed()).toEqual({ videoQuotaUsed: 0, videoQuotaUsedDaily: 0 });
    });
  });

  describe('accounts and channels', () => {
    test('an account is found by name, by name@host and in any case', async () => {
      const host = new URL(instance.config.url).host;
      const visitor = visitorOf(instance);
      const account = await visitor.account('ada');
      expect(account).toMatchObject({ name: 'ada', host, url: `${instance.config.url}/accounts/ada` });
      for (const handle of [`ada@${host}`, '@ada', 'ADA'])
        expect(await visitor.account(handle)).toEqual(account);
      for (const handle of ['nobody', 'ada@elsewhere.test', `ada@${host}@${host}`, '%20', "ada'--"])
        await expect(visitor.account(handle)).rejects.toMatchObject({ status: 404 });
    });

    test('the public sees no address, role or quota', async () => {
      const visitor = visitorOf(instance);
      const seen = JSON.stringify([
        await visitor.accounts({ count: 100 }),
        await visitor.channels({ count: 100 }),
        await visitor.account('ada'),
        await visitor.channel('ada_channel'),
      ]);
      expect(seen).not.toMatch(/test\.invalid|passwordHash|"role"|videoQuota|blocked/);
    });

    test('a channel is made, changed and deleted by its owner', async () => {
      const { videoChannel } = await ada.createChannel({ name: 'Engines', displayName: 'Engines' });
      expect(await visitorOf(instance).channel('engines')).toMatchObject({
        id: videoChannel.id,
        name: 'engines',
        description: null,
        support: null,
        ownerAccount: { name: 'ada' },
      });
      await ada.updateChannel('engines', { displayName: 'All engines', description: 'Steam', support: '' });
      expect(await ada.channel('engines')).toMatchObject({
        displayName: 'All engines',
        description: 'Steam',
        support: null,
      });
      expect((await ada.channelsOf('ada')).data.map(({ name }) => name)).toEqual(['ada_channel', 'engines']);
      await ada.removeChannel('engines');
      await expect(ada.channel('engines')).rejects.toMatchObject({ status: 404 });
    });

    test('a channel with videos and the last channel stay', async () => {
      const user = await addUser(administrator, 'keeper');
      await expect(user.removeChannel('keeper_channel')).rejects.toMatchObject({
        status: 409,
        problem: { code: 'last_channel' },
      });
      await user.createChannel({ name: 'spare', displayName: 'Spare' });
      await uploadVideo(user);
      await expect(user.removeChannel('keeper_channel')).rejects.toMatchObject({
        status: 409,
        problem: { code: 'channel_has_videos' },
      });
    });

    test('a name that an account or a channel has is refused, also when asked for ten times at once', async () => {
      for (const name of ['ada', 'eve_channel'])
        await expect(ada.createChannel({ name, displayName: 'Mine' })).rejects.toMatchObject({
          status: 409,
          problem: { code: 'channel_exists' },
        });
      const answers = await Promise.allSettled(
        Array.from({ length: 10 }, () => ada.createChannel({ name: 'race', displayName: 'Race' })),
      );
      const failures = answers.filter((answer) => answer.status === 'rejected');
      expect(failures).toHaveLength(9);
      for (const { reason } of failures) expect(reason).toMatchObject({ status: 409 });
      await ada.removeChannel('race');
    });

    test('the number of channels is limited', async () => {
      const user = await addUser(administrator, 'collector');
      const names = Array.from({ length: instance.config.users.maxChannels }, (_, index) => `shelf${index}`);
      const answers = await Promise.allSettled(
        names.map((name) => user.createChannel({ name, displayName: name })),
      );
      expect(answers.filter(({ status }) => status === 'rejected')).toMatchObject([
        { reason: { status: 403, problem: { code: 'max_channels_reached' } } },
      ]);
    });

    test.each([{ accountId: 1 }, { id: 1 }, { name: 'eves' }, { ownerAccount: { id: 1 } }])(
      'a channel cannot be given away by %j',
      async (fields) => {
        const before = await eve.channel('eve_channel');
        await expect(eve.updateChannel('eve_channel', { displayName: 'E', ...fields })).rejects.toMatchObject(
          {
            status: 400,
          },
        );
        expect(await eve.channel('eve_channel')).toEqual(before);
      },
    );
  });

  describe('what belongs to another user', () => {
    test('a channel is not changed, deleted or published in', async () => {
      const before = await ada.channel('ada_channel');
      const visitor = visitorOf(instance);
      await expect(visitor.updateChannel('ada_channel', { displayName: 'X' })).rejects.toMatchObject({
        status: 401,
      });
      await expect(eve.updateChannel('ada_channel', { displayName: 'X' })).rejects.toMatchObject(forbidden);
      await expect(eve.removeChannel('ada_channel')).rejects.toMatchObject(forbidden);
      const { status, body } = await uploadForm(
        { address: eve.address, token: eve.token!, channelId: before.id },
        makeMp4({ frames: 5 }),
      );
      expect([status, Object.keys(body['invalid-params']!)]).toEqual([400, ['channelId']]);
      expect(await ada.channel('ada_channel')).toEqual(before);
    });

    test('a video is not changed, moved or deleted, by whatever id', async () => {
      const video = await publishVideo(ada, { name: 'Hers' });
      const [mine] = (await eve.me()).videoChannels;
      for (const id of [video.id, video.uuid, video.shortUUID]) {
        for (const changes of [{ name: 'Mine now' }, { channelId: mine!.id }, { privacy: 3 }, {}])
          await expect(eve.updateVideo(id, changes)).rejects.toMatchObject(forbidden);
        await expect(eve.removeVideo(id)).rejects.toMatchObject(forbidden);
        await expect(visitorOf(instance).removeVideo(id)).rejects.toMatchObject({ status: 401 });
      }
      expect(await ada.video(video.uuid)).toEqual(video);
    });

    test('a private video is not even known to be there', async () => {
      const { uuid } = await publishVideo(ada, { privacy: 3 });
      await expect(eve.updateVideo(uuid, { name: 'Mine now' })).rejects.toMatchObject({ status: 404 });
      await expect(eve.removeVideo(uuid)).rejects.toMatchObject({ status: 404 });
      const { status } = await eve.ask('GET', `/api/v1/videos/${uuid}/processing`);
      expect(status).toBe(404);
    });

    test('one’s own video does not go into another’s channel', async () => {
      const video = await publishVideo(eve);
      const [hers] = (await ada.me()).videoChannels;
      await expect(eve.updateVideo(video.uuid, { channelId: hers!.id })).rejects.toMatchObject(
        invalid('channelId'),
      );
    });
  });
});
