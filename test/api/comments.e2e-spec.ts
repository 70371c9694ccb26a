import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addUser, administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { textsOf } from '../support/interaction.js';
import { publishVideo, QUICK_PUBLISHING, uploadVideo, type Video } from '../support/videos.js';

const notFound = { status: 404 };

describe('comments', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let ada: InstanceClient;
  let eve: InstanceClient;
  let visitor: InstanceClient;
  let video: Video;

  beforeAll(async () => {
    const environment = {
      ...QUICK_PUBLISHING,
      VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '100000',
      VIDIVERSE_INTERACTION_COMMENTS_PER_WINDOW: '1000',
      VIDIVERSE_INTERACTION_THREAD_DEPTH: '5',
    };
    instance = await createInstance({ environment });
    administrator = await administratorOf(instance);
    visitor = administrator.visitor();
    ada = await addUser(administrator, 'ada');
    eve = await addUser(administrator, 'eve');
  });
  beforeEach(async () => {
    video = await publishVideo(ada, { name: 'a talk' });
  });
  afterAll(() => instance.close());

  test('everybody reads what a user says, and the video counts it', async () => {
    const { id, url } = await eve.comment(video.uuid, '  Well **said**  ');
    expect(url).toBe(`${instance.address}/videos/watch/${video.uuid}/comments/${id}`);
    expect(await visitor.comments(video.shortUUID)).toMatchObject({
      total: 1,
      totalNotDeletedComments: 1,
      data: [{ id, text: 'Well **said**', threadId: id, totalReplies: 0, account: { name: 'eve' } }],
    });
    expect((await visitor.video(video.uuid)).comments).toBe(1);
  });

  test('answers make a tree, and the list says how many there are and how many by the author', async () => {
    const first = await eve.comment(video.uuid, 'first');
    const answer = await ada.reply(video.uuid, first.id, 'answer');
    await eve.reply(video.uuid, answer.id, 'deeper');
    await eve.reply(video.uuid, first.id, 'another');
    expect(answer).toMatchObject({ threadId: first.id, inReplyToCommentId: first.id });
    expect(textsOf(await visitor.thread(video.uuid, first.id))).toEqual([
      'first',
      ['answer', ['deeper']],
      ['another'],
    ]);
    expect(await visitor.comments(video.uuid)).toMatchObject({
      total: 1,
      totalNotDeletedComments: 4,
      data: [{ totalReplies: 3, totalRepliesFromVideoAuthor: 1 }],
    });
    expect((await visitor.video(video.uuid)).comments).toBe(4);
  });

  test('come in the order that was asked for, in pages', async () => {
    const one = await eve.comment(video.uuid, 'one');
    await eve.comment(video.uuid, 'two');
    await eve.reply(video.uuid, one.id, 'answer');
    const order = async (query: Record<string, string>) =>
      (await visitor.comments(video.uuid, query)).data.map(({ text }) => text);
    expect(await order({})).toEqual(['two', 'one']);
    expect(await order({ sort: 'createdAt' })).toEqual(['one', 'two']);
    expect(await order({ sort: '-totalReplies' })).toEqual(['one', 'two']);
    expect(await order({ start: '1', count: '1' })).toEqual(['one']);
  });

  describe('deleted', () => {
    test('by its author, a comment is gone, and counted no more', async () => {
      const { id } = await eve.comment(video.uuid, 'oops');
      await eve.removeComment(video.uuid, id);
      expect(await visitor.comments(video.uuid)).toEqual({ total: 0, totalNotDeletedComments: 0, data: [] });
      await expect(visitor.thread(video.uuid, id)).rejects.toMatchObject(notFound);
      await expect(eve.removeComment(video.uuid, id)).rejects.toMatchObject(notFound);
      expect((await visitor.video(video.uuid)).comments).toBe(0);
    });

    test('with answers, it leaves its place and nothing else', async () => {
      const { id } = await eve.comment(video.uuid, 'oops');
      const answer = await ada.reply(video.uuid, id, 'what?');
      await eve.removeComment(video.uuid, id);
      const tree = await visitor.thread(video.uuid, id);
      expect(textsOf(tree)).toEqual([null, ['what?']]);
      expect(tree.comment).toMatchObject({ text: '', account: null, isDeleted: true, totalReplies: 1 });
      expect(await visitor.comments(video.uuid)).toMatchObject({ total: 1, totalNotDeletedComments: 1 });
      await expect(ada.reply(video.uuid, id, 'still there?')).rejects.toMatchObject({
        status: 409,
        problem: { code: 'comment_deleted' },
      });
      await ada.removeComment(video.uuid, answer.id);
      expect(await visitor.comments(video.uuid)).toMatchObject({ total: 0 });
    });

    test('it may be by whose video it is and by the staff, and by nobody else', async () => {
      const owner = await eve.comment(video.uuid, 'for the owner');
      const staff = await ada.comment(video.uuid, 'for the staff');
      await expect(eve.removeComment(video.uuid, staff.id)).rejects.toMatchObject({ status: 403 });
      await ada.removeComment(video.uuid, owner.id);
      await administrator.removeComment(video.uuid, staff.id);
      expect((await visitor.comments(video.uuid)).total).toBe(0);
    });

    test('with its author, answers of others stay', async () => {
      const gone = await addUser(administrator, 'gone');
      const { id } = await gone.comment(video.uuid, 'farewell');
      await eve.reply(video.uuid, id, 'so long');
      await gone.rate(video.uuid, 'like');
      await administrator.removeUser((await gone.me()).id);
      expect(textsOf(await visitor.thread(video.uuid, id))).toEqual([null, ['so long']]);
      expect(await visitor.comments(video.uuid)).toMatchObject({ total: 1, totalNotDeletedComments: 1 });
      expect(await visitor.video(video.uuid)).toMatchObject({ comments: 1, likes: 0 });
    });

    test('with its video, all of a deep thread goes', async () => {
      let { id } = await eve.comment(video.uuid, '0');
      for (let depth = 1; depth <= 5; depth += 1) ({ id } = await eve.reply(video.uuid, id, String(depth)));
      await ada.removeVideo(video.uuid);
      await expect(visitor.comments(video.uuid)).rejects.toMatchObject(notFound);
    });
  });

  describe('refused', () => {
    test.each([
      ['nothing', ''],
      ['spaces only', '   '],
      ['more than 10,000 characters', 'x'.repeat(10_001)],
    ])('%s', async (_, text) => {
      await expect(eve.comment(video.uuid, text)).rejects.toMatchObject({
        status: 400,
        problem: { 'invalid-params': { text: expect.anything() } },
      });
    });

    test('10,000 characters are not, whatever they are', async () => {
      expect((await eve.comment(video.uuid, '🎬'.repeat(10_000))).text).toHaveLength(20_000);
    });

    test('visitors and what is nobody’s', async () => {
      await expect(visitor.comment(video.uuid, 'hello')).rejects.toMatchObject({ status: 401 });
      await expect(eve.comment('999999', 'hello')).rejects.toMatchObject(notFound);
      const other = await publishVideo(ada, { name: 'other' });
      const { id } = await eve.comment(other.uuid, 'there');
      await expect(eve.reply(video.uuid, id, 'here')).rejects.toMatchObject(notFound);
      await expect(ada.removeComment(video.uuid, id)).rejects.toMatchObject(notFound);
      await expect(visitor.thread(video.uuid, id)).rejects.toMatchObject(notFound);
    });

    test('on a private video, except by who may see it', async () => {
      const secret = await uploadVideo(ada, { name: 'secret', privacy: 3 });
      await expect(eve.comment(secret.uuid, 'I see you')).rejects.toMatchObject(notFound);
      await expect(eve.comments(secret.uuid)).rejects.toMatchObject(notFound);
      expect((await ada.comment(secret.uuid, 'note to myself')).text).toBe('note to myself');
    });

    test('where the author wants none; then there are none to read either', async () => {
      await eve.comment(video.uuid, 'early');
      await ada.updateVideo(video.uuid, { commentsEnabled: false });
      await expect(eve.comment(video.uuid, 'late')).rejects.toMatchObject({
        status: 409,
        problem: { code: 'comments_disabled' },
      });
      expect((await visitor.comments(video.uuid)).total).toBe(0);
    });

    test('deeper than threads may be', async () => {
      let { id } = await eve.comment(video.uuid, '0');
      for (let depth = 1; depth <= 5; depth += 1) ({ id } = await eve.reply(video.uuid, id, String(depth)));
      await expect(eve.reply(video.uuid, id, '6')).rejects.toMatchObject({
        status: 422,
        problem: { code: 'thread_too_deep' },
      });
    });
  });

  test('of twenty made at once all are there and counted', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => eve.comment(video.uuid, String(index))));
    expect((await visitor.comments(video.uuid, { count: '100' })).data).toHaveLength(20);
    expect((await visitor.video(video.uuid)).comments).toBe(20);
  });

  test('made while the video is deleted are refused like those on none', async () => {
    const path = `/api/v1/videos/${video.uuid}/comment-threads`;
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => eve.ask('POST', path, { json: { text: 'hi' } })),
      ada.ask('DELETE', `/api/v1/videos/${video.uuid}`),
      ...Array.from({ length: 10 }, () => eve.ask('POST', path, { json: { text: 'hi' } })),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => ![200, 204, 404].includes(status))).toEqual(
      [],
    );
  });

  test('are served to other servers at their ids, and gone with 410 once they are deleted', async () => {
    const headers = { accept: 'application/activity+json' };
    const first = await eve.comment(video.uuid, 'hello');
    const answer = await ada.reply(video.uuid, first.id, 'hello yourself');
    const path = new URL(answer.url).pathname;
    const page = await visitor.ask('GET', path, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('location')]).toEqual([302, `/w/${video.uuid}`]);
    const { body } = await visitor.ask('GET', path, { headers });
    expect(body).toMatchObject({
      type: 'Note',
      id: answer.url,
      content: 'hello yourself',
      mediaType: 'text/markdown',
      inReplyTo: first.url,
      attributedTo: `${instance.address}/accounts/ada`,
      to: ['https://www.w3.org/ns/activitystreams#Public'],
    });
    const collection = `/videos/watch/${video.uuid}/comments`;
    expect((await visitor.ask('GET', collection, { headers })).body).toMatchObject({ totalItems: 2 });
    expect((await visitor.ask('GET', `${collection}?page=1`, { headers })).body).toMatchObject({
      orderedItems: [first.url, answer.url],
    });
    await ada.removeComment(video.uuid, answer.id);
    const gone = await visitor.ask('GET', path, { headers });
    expect([gone.status, gone.body]).toEqual([410, expect.objectContaining({ type: 'Tombstone' })]);
  });
});

test('who comments too often must wait', async () => {
  const environment = { ...QUICK_PUBLISHING, VIDIVERSE_INTERACTION_COMMENTS_PER_WINDOW: '2' };
  const instance = await createInstance({ environment });
  try {
    const administrator = await administratorOf(instance);
    const { uuid } = await publishVideo(administrator, { name: 'busy' });
    await administrator.comment(uuid, 'one');
    await administrator.comment(uuid, 'two');
    await expect(administrator.comment(uuid, 'three')).rejects.toMatchObject({ status: 429 });
    expect((await administrator.comments(uuid)).total).toBe(2);
  } finally {
    await instance.close();
  }
});
