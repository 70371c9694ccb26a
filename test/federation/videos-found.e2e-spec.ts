import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { publishVideo, type Video } from '../support/videos.js';

let instances: Instances;
let origin: FederatedInstance;
let other: FederatedInstance;
let older: Video[];

beforeAll(async () => {
  instances = await createInstances(2);
  [origin, other] = instances.all as [FederatedInstance, FederatedInstance];
  older = [];
  for (const name of ['First of all', 'Second to it'])
    older.push(await publishVideo(origin.administrator, { name }));
  await instances.untilIdle();
});
afterAll(() => instances.close());

type SearchPage = { total: number; data: Array<{ name: string; host?: string }>; remoteError?: string };
const search = (client: InstanceClient, text: string): Promise<SearchPage> =>
  client.call('GET', '/api/v1/search/videos', { query: { search: text } });
const searchChannels = (client: InstanceClient, text: string): Promise<SearchPage> =>
  client.call('GET', '/api/v1/search/video-channels', { query: { search: text } });
const urlOf = ({ uuid }: { uuid: string }) => `${origin.address}/videos/watch/${uuid}`;

describe('before anybody follows', () => {
  test('a user finds a video by its URL, also by the address of its page', async () => {
    for (const url of [urlOf(older[0]!), `${origin.address}/w/${older[0]!.shortUUID}`]) {
      const { total, data } = await search(other.administrator, url);
      expect([total, data[0]!.name]).toEqual([1, 'First of all']);
    }
  });

  test('a visitor has nothing fetched, and does not see what users have found', async () => {
    const visitor = other.administrator.visitor();
    expect(await search(visitor, urlOf(older[0]!))).toEqual({ total: 0, data: [] });
    expect(await search(visitor, urlOf(older[1]!))).toEqual({ total: 0, data: [] });
    expect((await visitor.videos()).total).toBe(0);
    const { status, body } = await visitor.ask('GET', `/api/v1/videos/${older[0]!.uuid}`);
    expect([status, body]).toMatchObject([403, { code: 'does_not_respect_follow_constraints' }]);
    expect((await visitor.ask('GET', `/api/v1/videos/${older[1]!.uuid}`)).status).toBe(404);
  });

  test('a user sees it in lists, filtered by where it is from', async () => {
    const names = async (query: Record<string, string | boolean>) =>
      (await other.administrator.videos(query)).data.map(({ name }) => name);
    expect(await names({})).toEqual(['First of all']);
    expect(await names({ isLocal: true })).toEqual([]);
    expect(await names({ isLocal: false })).toEqual(['First of all']);
    expect(await names({ host: origin.host })).toEqual(['First of all']);
    expect(await names({ host: other.host })).toEqual([]);
    expect(await names({ search: 'first' })).toEqual(['First of all']);
  });

  test('what cannot be had is said in words', async () => {
    const nothing = await search(other.administrator, `${origin.address}/videos/watch/nothing`);
    expect(nothing).toEqual({ total: 0, data: [], remoteError: expect.stringContaining('404') });
    const dead = await search(other.administrator, 'http://127.0.0.1:1/videos/watch/x');
    expect(dead.remoteError).toBeTruthy();
    const nobody = await searchChannels(other.administrator, `nobody@${origin.host}`);
    expect(nobody).toEqual({ total: 0, data: [], remoteError: expect.any(String) });
  });

  test('a user finds a channel by handle and URL; its page and videos are there', async () => {
    const handle = `root_channel@${origin.host}`;
    for (const text of [handle, `@${handle}`, `${origin.address}/video-channels/root_channel`]) {
      const { data } = await searchChannels(other.administrator, text);
      expect(data).toMatchObject([{ name: 'root_channel', host: origin.host }]);
    }
    expect(await other.administrator.channel(handle)).toMatchObject({ host: origin.host, isLocal: false });
    const videos = await other.administrator.call<SearchPage>(
      'GET',
      `/api/v1/video-channels/${handle}/videos`,
    );
    expect(videos.data.map(({ name }) => name)).toEqual(['First of all']);
    const ours = await other.administrator.call<SearchPage>(
      'GET',
      '/api/v1/video-channels/root_channel/videos',
    );
    expect(ours.total).toBe(0);
  });

  test('a remote video can be changed by nobody here, and is served, counted and tracked only there', async () => {
    const { uuid } = older[0]!;
    const change = await other.administrator.ask('PUT', `/api/v1/videos/${uuid}`, {
      json: { name: 'Taken' },
    });
    expect([change.status, change.body]).toMatchObject([403, { code: 'remote_video' }]);
    expect((await other.administrator.ask('DELETE', `/api/v1/videos/${uuid}`)).status).toBe(403);
    const file = new URL(older[0]!.files[0]!.fileUrl).pathname;
    expect((await fetch(other.address + file)).status).toBe(404);
    expect((await fetch(`${other.address}/static/web-videos/${uuid}-48.mp4`)).status).toBe(404);
    const hash = older[0]!.files[0]!.infoHash!.replaceAll(/../g, '%$&');
    const announced = async ({ address }: FederatedInstance) => {
      const peer = 'peer_id=-TT0001-123456789012&port=6881&uploaded=0&downloaded=0&left=1&compact=1';
      return (await fetch(`${address}/tracker/announce?info_hash=${hash}&${peer}`)).text();
    };
    expect(await announced(origin)).not.toContain('failure reason');
    expect(await announced(other)).toContain('failure reason');
    const stats = await other.administrator.call<Record<string, number>>('GET', '/api/v1/server/stats');
    expect(stats).toMatchObject({ totalLocalVideos: 0, totalVideos: 1, totalLocalVideoFilesSize: 0 });
    expect((await other.administrator.quotaUsed()).videoQuotaUsed).toBe(0);
  });
});

describe('what other servers ask here about it', () => {
  test('is answered with the address of its own instance', async () => {
    const path = `/videos/watch/${older[0]!.uuid}`;
    const headers = { accept: 'application/activity+json' };
    const answer = await fetch(other.address + path, { headers, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, origin.address + path]);
  });
});

describe('once the instance is followed', () => {
  beforeAll(async () => {
    await other.administrator.follow({ hosts: [origin.host] });
    await instances.untilIdle();
  });

  test('its older videos are there, for visitors too', async () => {
    const visitor = other.administrator.visitor();
    const names = (await visitor.videos({ sort: 'publishedAt' })).data.map(({ name }) => name);
    expect(names).toEqual(['First of all', 'Second to it']);
    expect((await search(visitor, urlOf(older[1]!))).data).toHaveLength(1);
  });

  test('a view here is counted there, and the number comes back', async () => {
    const { uuid } = older[0]!;
    const watched = { json: { currentTime: 10 } };
    await other.administrator.visitor().call('POST', `/api/v1/videos/${uuid}/views`, watched);
    await instances.untilIdle();
    expect((await origin.administrator.video(uuid)).views).toBe(1);
    await origin.administrator.visitor().call('POST', `/api/v1/videos/${uuid}/views`, watched);
    await instances.untilIdle();
    const views = await Promise.all([origin, other].map(({ administrator }) => administrator.video(uuid)));
    expect(views.map((video) => video.views)).toEqual([2, 2]);
  });

  test('another name of its channel or account arrives', async () => {
    await origin.administrator.updateChannel('root_channel', { displayName: 'A better name' });
    await origin.administrator.updateMe({ displayName: 'The one' });
    await instances.untilIdle();
    expect(await other.administrator.channel(`root_channel@${origin.host}`)).toMatchObject({
      displayName: 'A better name',
      ownerAccount: { displayName: 'The one' },
    });
  });

  test('a user who leaves takes all videos along', async () => {
    const email = 'leaver@test.invalid';
    const password = 'a password of mine';
    const { user } = await origin.administrator.createUser({ username: 'leaver', email, password });
    const leaver = await origin.administrator.visitor().login('leaver', password);
    const { uuid } = await publishVideo(leaver, { name: 'Short stay' });
    await instances.untilIdle();
    expect((await other.administrator.video(uuid)).name).toBe('Short stay');
    await origin.administrator.removeUser(user.id);
    await instances.untilIdle();
    expect((await other.administrator.ask('GET', `/api/v1/videos/${uuid}`)).status).toBe(404);
    expect((await other.administrator.ask('GET', `/api/v1/accounts/leaver@${origin.host}`)).status).toBe(404);
  });
});
