import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addUser, administratorOf, type InstanceClient } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING } from '../support/videos.js';

describe('answers that are kept for visitors', () => {
  let instance: TestInstance;
  let ada: InstanceClient;
  let visitor: InstanceClient;

  beforeAll(async () => {
    // Longer than the test: whatever is new in an answer is so because something was written.
    const environment = { ...QUICK_PUBLISHING, VIDIVERSE_HTTP_RESPONSE_CACHE_AGE: '3600000' };
    instance = await createInstance({ environment });
    ada = await addUser(await administratorOf(instance), 'ada');
    visitor = ada.visitor();
  });
  afterAll(() => instance.close());

  const names = async (client: InstanceClient) => (await client.videos()).data.map(({ name }) => name);
  const object = async (uuid: string) => {
    const headers = { accept: 'application/activity+json' };
    const answer = await fetch(`${instance.address}/videos/watch/${uuid}`, { headers });
    return { type: answer.headers.get('content-type'), status: answer.status, text: await answer.text() };
  };
  const page = async (uuid: string) => (await fetch(`${instance.address}/w/${uuid}`)).text();

  test('show what was published, changed and deleted at once', async () => {
    expect(await names(visitor)).toEqual([]);
    const { uuid } = await publishVideo(ada, { name: 'a talk' });
    expect([await names(visitor), (await visitor.video(uuid)).name]).toEqual([['a talk'], 'a talk']);
    expect(await object(uuid)).toMatchObject({
      type: 'application/activity+json; charset=utf-8',
      text: expect.stringContaining('"name":"a talk"'),
    });
    expect(await page(uuid)).toContain('<title>a talk');
    await ada.updateVideo(uuid, { name: 'a better talk' });
    expect([await names(visitor), (await visitor.video(uuid)).name]).toEqual([
      ['a better talk'],
      'a better talk',
    ]);
    expect([(await object(uuid)).text, await page(uuid)]).toEqual([
      expect.stringContaining('"name":"a better talk"'),
      expect.stringContaining('<title>a better talk'),
    ]);
    await ada.removeVideo(uuid);
    expect([await names(visitor), (await object(uuid)).status]).toEqual([[], 404]);
  });

  test('are not what users see', async () => {
    const { uuid } = await publishVideo(ada, { name: 'for myself', privacy: 3 });
    const path = `/api/v1/videos/${uuid}`;
    expect((await fetch(instance.address + path)).status).toBe(404);
    expect((await ada.video(uuid)).name).toBe('for myself');
    expect((await fetch(instance.address + path)).status).toBe(404);
  });

  test('are JSON as they always were', async () => {
    const answer = await fetch(`${instance.address}/api/v1/videos?count=5`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toEqual({ total: 0, data: [] });
    const wrong = await fetch(`${instance.address}/api/v1/videos?count=many`);
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
  });
});
