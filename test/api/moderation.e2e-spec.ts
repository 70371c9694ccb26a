import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addUser, administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING, uploadVideo, type Video } from '../support/videos.js';

const OURS = 'server/blocklist';
const MINE = 'users/me/blocklist';
const PENDING = 1;
const ACCEPTED = 3;

describe('moderation', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let moderator: InstanceClient;
  let ada: InstanceClient;
  let eve: InstanceClient;
  let video: Video;

  beforeAll(async () => {
    const environment = {
      ...QUICK_PUBLISHING,
      VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '100000',
      VIDIVERSE_INTERACTION_REPORTS_PER_WINDOW: '15',
    };
    instance = await createInstance({ environment });
    administrator = await administratorOf(instance);
    moderator = await addUser(administrator, 'mo', { role: 1 });
    ada = await addUser(administrator, 'ada');
    eve = await addUser(administrator, 'eve');
  });
  beforeEach(async () => {
    video = await publishVideo(ada, { name: 'a talk' });
  });
  afterAll(() => instance.close());

  describe('reports', () => {
    test('of a video come to the staff, who say what became of them', async () => {
      const { id } = await eve.report({
        reason: 'not a talk at all',
        predefinedReasons: ['spamOrMisleading'],
        video: { id: video.id, startAt: 3 },
      });
      expect(await moderator.abuse(id)).toMatchObject({
        reason: 'not a talk at all',
        predefinedReasons: ['spamOrMisleading'],
        state: { id: PENDING, label: 'Pending' },
        moderationComment: null,
        reporterAccount: { name: 'eve' },
        flaggedAccount: { name: 'ada' },
        video: { id: video.id, name: 'a talk', deleted: false, startAt: 3 },
        comment: null,
      });
      await moderator.updateAbuse(id, { state: ACCEPTED, moderationComment: 'quite so' });
      const { data } = await administrator.abuses({ state: '3' });
      expect(data).toMatchObject([
        { id, state: { id: ACCEPTED, label: 'Accepted' }, moderationComment: 'quite so' },
      ]);
      await moderator.removeAbuse(id);
      await expect(moderator.abuse(id)).rejects.toMatchObject({ status: 404 });
    });

    test('say what was reported after it is deleted', async () => {
      const comment = await ada.comment(video.uuid, 'buy my pills');
      const account = (await ada.me()).account;
      const ids = [
        await eve.report({ reason: 'pills', comment: { id: comment.id } }),
        await eve.report({ reason: 'videos', video: { id: video.id } }),
        await eve.report({ reason: 'all of it', account: { id: account.id } }),
      ].map(({ id }) => id);
      await ada.removeVideo(video.uuid);
      const [ofComment, ofVideo, ofAccount] = await Promise.all(ids.map((id) => moderator.abuse(id)));
      expect(ofComment).toMatchObject({ comment: { text: 'buy my pills', deleted: true }, video: null });
      expect(ofVideo).toMatchObject({ video: { id: null, uuid: video.uuid, name: 'a talk', deleted: true } });
      expect(ofAccount).toMatchObject({ flaggedAccount: { name: 'ada' }, video: null, comment: null });
      expect((await moderator.abuses({ filter: 'comment' })).data).toMatchObject([{ id: ids[0] }]);
    });

    test('need a reason and one thing that is there and may be seen', async () => {
      const secret = await uploadVideo(ada, { name: 'secret', privacy: 3 });
      for (const [json, status] of [
        [{ reason: 'x', video: { id: video.id } }, 400],
        [{ reason: 'nothing' }, 400],
        [{ reason: 'two things', video: { id: video.id }, account: { id: 1 } }, 400],
        [{ reason: 'no such reason', predefinedReasons: ['boring'], video: { id: video.id } }, 400],
        [{ reason: 'not there', video: { id: 999_999 } }, 404],
        [{ reason: 'not mine to see', video: { id: secret.id } }, 404],
      ] as const)
        await expect(eve.report(json)).rejects.toMatchObject({ status });
    });

    test('are for the staff to read, and for users to make, now and then', async () => {
      await expect(eve.abuses()).rejects.toMatchObject({ status: 403 });
      await expect(eve.updateAbuse(1, { state: ACCEPTED })).rejects.toMatchObject({ status: 403 });
      const report = { reason: 'again', video: { id: video.id } };
      await expect(eve.visitor().report(report)).rejects.toMatchObject({ status: 401 });
      const bob = await addUser(administrator, 'bob');
      for (let index = 0; index < 15; index += 1) await bob.report(report);
      await expect(bob.report(report)).rejects.toMatchObject({ status: 429 });
    });
  });

  describe('block lists', () => {
    const names = async (client: InstanceClient) => (await client.videos()).data.map(({ uuid }) => uuid);

    test('an account that the instance blocks is hidden from everybody, and there again when it is not', async () => {
      await ada.comment(video.uuid, 'come and see');
      const own = await publishVideo(eve, { name: 'by eve' });
      await ada.comment(own.uuid, 'nice');
      await moderator.blockAccount(OURS, 'ada');
      for (const client of [eve.visitor(), eve, administrator]) {
        expect(await names(client)).not.toContain(video.uuid);
        expect((await client.comments(own.uuid)).total).toBe(0);
      }
      expect(await moderator.blockedAccounts(OURS)).toMatchObject({
        total: 1,
        data: [{ byAccount: null, blockedAccount: { name: 'ada', host: new URL(instance.address).host } }],
      });
      await moderator.unblockAccount(OURS, `ada@${new URL(instance.address).host}`);
      expect(await names(eve.visitor())).toContain(video.uuid);
      expect((await eve.comments(own.uuid)).total).toBe(1);
    });

    test('one that a user blocks is hidden from that user alone', async () => {
      const other = await publishVideo(administrator, { name: 'elsewhere' });
      const thread = await ada.comment(other.uuid, 'first');
      await administrator.reply(other.uuid, thread.id, 'thanks');
      await eve.blockAccount(MINE, 'ada');
      await eve.blockAccount(MINE, 'ada');
      expect(await names(eve)).not.toContain(video.uuid);
      expect((await eve.comments(other.uuid)).total).toBe(0);
      expect(await names(moderator)).toContain(video.uuid);
      expect((await eve.visitor().comments(other.uuid)).total).toBe(1);
      expect(await eve.blockedAccounts(MINE)).toMatchObject({
        total: 1,
        data: [{ byAccount: { name: 'eve' }, blockedAccount: { name: 'ada' } }],
      });
      expect((await moderator.blockedAccounts(MINE)).total).toBe(0);
      await eve.unblockAccount(MINE, 'ada');
      expect(await names(eve)).toContain(video.uuid);
    });

    test('a server is blocked however it is written', async () => {
      await administrator.blockServer(OURS, 'BÜCHER.example.:443');
      const host = 'xn--bcher-kva.example';
      expect((await administrator.blockedServers(OURS)).data).toMatchObject([{ blockedServer: { host } }]);
      expect(
        await eve.blockStatus({ hosts: 'bücher.example,other.example', accounts: 'ada,nobody' }),
      ).toEqual({
        hosts: {
          'bücher.example': { blockedByServer: true, blockedByUser: false },
          'other.example': { blockedByServer: false, blockedByUser: false },
        },
        accounts: {
          ada: { blockedByServer: false, blockedByUser: false },
          nobody: { blockedByServer: false, blockedByUser: false },
        },
      });
      await administrator.unblockServer(OURS, host);
      expect((await administrator.blockedServers(OURS)).total).toBe(0);
    });

    test('refuse what makes no sense, and users where the staff decides', async () => {
      const own = new URL(instance.address).host;
      await expect(administrator.blockServer(OURS, own)).rejects.toMatchObject({ status: 409 });
      await expect(administrator.blockServer(OURS, 'a/b')).rejects.toMatchObject({ status: 400 });
      await expect(eve.blockAccount(MINE, 'eve')).rejects.toMatchObject({ status: 409 });
      await expect(eve.blockAccount(MINE, 'nobody')).rejects.toMatchObject({ status: 404 });
      await expect(eve.unblockAccount(MINE, 'ada')).rejects.toMatchObject({ status: 404 });
      await expect(eve.unblockServer(MINE, 'video.example')).rejects.toMatchObject({ status: 404 });
      await expect(eve.blockServer(OURS, 'video.example')).rejects.toMatchObject({ status: 403 });
      await expect(eve.blockedServers(OURS)).rejects.toMatchObject({ status: 403 });
    });
  });
});
