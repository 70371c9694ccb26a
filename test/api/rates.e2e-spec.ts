import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addUser, administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING, uploadVideo, type Video } from '../support/videos.js';

describe('likes and dislikes', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let ada: InstanceClient;
  let eve: InstanceClient;
  let video: Video;

  beforeAll(async () => {
    const environment = { ...QUICK_PUBLISHING, VIDIVERSE_INTERACTION_RATES_PER_WINDOW: '40' };
    instance = await createInstance({ environment });
    administrator = await administratorOf(instance);
    ada = await addUser(administrator, 'ada');
    eve = await addUser(administrator, 'eve');
  });
  beforeEach(async () => {
    video = await publishVideo(ada, { name: 'a talk' });
  });
  afterAll(() => instance.close());

  const counts = async () => {
    const { likes, dislikes } = await administrator.visitor().video(video.uuid);
    return { likes, dislikes };
  };

  test('a user has one opinion of a video, whatever was said before and how often', async () => {
    expect(await eve.myRating(video.uuid)).toEqual({ videoId: video.id, rating: 'none' });
    await eve.rate(video.uuid, 'like');
    await eve.rate(video.uuid, 'like');
    expect(await counts()).toEqual({ likes: 1, dislikes: 0 });
    await ada.rate(video.uuid, 'like');
    await eve.rate(video.uuid, 'dislike');
    expect(await counts()).toEqual({ likes: 1, dislikes: 1 });
    expect((await eve.myRating(video.uuid)).rating).toBe('dislike');
    await eve.rate(video.uuid, 'none');
    expect(await counts()).toEqual({ likes: 1, dislikes: 0 });
  });

  test('said at once by one user in many ways, they count for one', async () => {
    const ratings = ['like', 'dislike', 'like', 'none', 'dislike', 'like'] as const;
    await Promise.all(ratings.map((rating) => eve.rate(video.uuid, rating)));
    await eve.rate(video.uuid, 'like');
    expect(await counts()).toEqual({ likes: 1, dislikes: 0 });
  });

  test('order lists', async () => {
    const other = await publishVideo(ada, { name: 'another talk' });
    await eve.rate(other.uuid, 'like');
    await ada.rate(other.uuid, 'like');
    await eve.rate(video.uuid, 'like');
    const { data } = await administrator.visitor().videos({ sort: '-likes', count: '2' });
    expect(data.map(({ uuid }) => uuid)).toEqual([other.uuid, video.uuid]);
  });

  test('are refused for anything else, from visitors, and of what the user may not see', async () => {
    const path = `/api/v1/videos/${video.uuid}/rate`;
    expect((await eve.ask('PUT', path, { json: { rating: 'love' } })).status).toBe(400);
    expect((await eve.ask('PUT', path, { form: { rating: 'like' } })).status).toBe(204);
    await expect(eve.visitor().rate(video.uuid, 'like')).rejects.toMatchObject({ status: 401 });
    const secret = await uploadVideo(ada, { name: 'secret', privacy: 3 });
    await expect(eve.rate(secret.uuid, 'like')).rejects.toMatchObject({ status: 404 });
  });

  test('too many must wait', async () => {
    const bob = await addUser(administrator, 'bob');
    for (let index = 0; index < 40; index += 1) await bob.rate(video.uuid, index % 2 ? 'like' : 'none');
    await expect(bob.rate(video.uuid, 'none')).rejects.toMatchObject({ status: 429 });
    expect(await counts()).toEqual({ likes: 1, dislikes: 0 });
  });
});
