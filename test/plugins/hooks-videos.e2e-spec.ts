import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  downloadRequested,
  hold,
  HookRegistry,
  refuse,
  videoDeleted,
  videoListAnswered,
  videoListAsked,
  videoPublished,
  videoSearchAnswered,
  videoSearchAsked,
  videoShown,
  videoUpdated,
  videoViewed,
} from '@vidiverse/hooks';
import { addUser, administratorOf, type InstanceClient, visitorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING, type Video } from '../support/videos.js';
import { type Probe, probeOf } from './probe.js';

describe('the hooks of videos', () => {
  let instance: TestInstance;
  let owner: InstanceClient;
  let visitor: InstanceClient;
  let probe: Probe;
  let calm: Video;
  let loud: Video;

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK_PUBLISHING });
    owner = await administratorOf(instance);
    visitor = visitorOf(instance);
    probe = probeOf(instance);
    calm = await publishVideo(owner, { name: 'Calm sea', category: 1, tags: 'water' });
    loud = await publishVideo(owner, { name: 'Loud sea', nsfw: true });
  });
  afterEach(() => probe.off());
  afterAll(() => instance.close());

  const names = ({ data }: { data: Video[] }) => data.map(({ name }) => name).sort();
  const page = (path: string, client = visitor) =>
    client.call<{ total: number; data: Video[] }>('GET', `/api/v1/${path}`);

  describe('one video', () => {
    test('is shown as a plugin makes it, to whom it may see', async () => {
      const { given, contexts } = probe.on(videoShown, (video) => ({ ...video, pluginData: { probe: 7 } }));
      expect(await visitor.video(calm.uuid)).toMatchObject({ name: 'Calm sea', pluginData: { probe: 7 } });
      expect(await owner.video(calm.uuid)).toMatchObject({ pluginData: { probe: 7 } });
      expect(given[0]).toMatchObject({
        uuid: calm.uuid,
        files: [{ webSeeds: [expect.any(String)] }],
        tags: ['water'],
      });
      expect(contexts).toEqual([
        { viewer: null },
        { viewer: expect.objectContaining({ username: 'root', role: 'administrator' }) },
      ]);
      expect((await visitor.ask('GET', `/api/v1/videos/${calm.id + 1000}`)).status).toBe(404);
      expect(given).toHaveLength(2);
    });

    test('is shown as it is when the plugin breaks', async () => {
      const before = await visitor.video(calm.uuid);
      probe.breaks(videoShown);
      expect(await visitor.video(calm.uuid)).toEqual(before);
    });

    test('is told when it is published, updated and deleted', async () => {
      const published = probe.on(videoPublished);
      const updated = probe.on(videoUpdated);
      const deleted = probe.on(videoDeleted);
      const { id, uuid, files } = await publishVideo(owner, { name: 'Short life' });
      expect(await published.next()).toMatchObject({
        uuid,
        name: 'Short life',
        state: { id: 1 },
        account: { name: 'root' },
      });
      await owner.updateVideo(uuid, { name: 'Short lives', privacy: 3 });
      expect(await updated.next(({ name }) => name === 'Short lives')).toMatchObject({
        uuid,
        privacy: { id: 3 },
      });
      await owner.removeVideo(uuid);
      expect(await deleted.next()).toEqual({
        id,
        uuid,
        filenames: [files[0]!.fileUrl.split('/').at(-1)],
        infoHashes: [files[0]!.infoHash],
      });
      expect(published.given).toHaveLength(1);
    });

    test('is told viewed when a view is counted, and nothing of who it was', async () => {
      const { given, next } = probe.on(videoViewed);
      const watch = (currentTime: number) =>
        visitor.call('POST', `/api/v1/videos/${calm.uuid}/views`, { json: { currentTime } });
      await watch(0);
      await watch(10);
      const { id, uuid, name } = calm;
      const url = `${instance.config.url}/videos/watch/${uuid}`;
      expect(await next()).toEqual({ id, uuid, name, url, isLocal: true });
      await watch(20);
      await instance.nest.get(HookRegistry).settle();
      expect(given).toHaveLength(1);
    });

    test('is published, updated and deleted while plugins break', async () => {
      for (const hook of [videoPublished, videoUpdated, videoDeleted]) probe.breaks(hook);
      const { uuid } = await publishVideo(owner, { name: 'Robust' });
      await owner.updateVideo(uuid, { name: 'Robust still' });
      await owner.removeVideo(uuid);
      expect((await visitor.ask('GET', `/api/v1/videos/${uuid}`)).status).toBe(404);
    });

    test('is told deleted along with its user', async () => {
      const user = await addUser(owner, 'leaving');
      const { uuid } = await publishVideo(user, { name: 'Goes along' });
      const deleted = probe.on(videoDeleted);
      await owner.removeUser((await user.me()).id);
      expect(await deleted.next()).toMatchObject({ uuid });
    });
  });

  describe('lists', () => {
    test.each(['videos', 'accounts/root/videos', 'video-channels/root_channel/videos'])(
      '%s is asked for what a plugin makes of the parameters',
      async (path) => {
        const { given, contexts } = probe.on(videoListAsked, (parameters) => ({
          ...parameters,
          nsfw: 'false',
        }));
        expect(names(await page(`${path}?sort=-name&count=7&startDate=2001-02-03`))).toEqual(['Calm sea']);
        expect(given[0]).toEqual({
          start: 0,
          count: 7,
          sort: '-name',
          nsfw: 'both',
          skipCount: false,
          startDate: '2001-02-03T00:00:00.000Z',
        });
        expect(contexts[0]).toMatchObject({ viewer: null, own: false });
      },
    );

    test('of one’s own videos say so', async () => {
      const { contexts } = probe.on(videoListAsked);
      await page('users/me/videos', owner);
      expect(contexts).toEqual([{ viewer: expect.objectContaining({ username: 'root' }), own: true }]);
    });

    test('show visitors nothing more, whatever a plugin asks for', async () => {
      const { uuid } = await publishVideo(owner, { name: 'Secret', privacy: 3 });
      probe.on(videoListAsked, (parameters) => ({ ...parameters, privacyOneOf: [1, 2, 3, 4] }));
      expect(names(await page('videos'))).toEqual(['Calm sea', 'Loud sea']);
      await owner.removeVideo(uuid);
    });

    test.each([
      ['a count out of bounds', { count: 10_000 }],
      ['an unknown sort key', { sort: 'password' }],
      ['a date that is none', { startDate: 'yesterday' }],
    ])('are not asked for %s', async (_, wrong) => {
      probe.on(videoListAsked, (parameters) => ({ ...parameters, nsfw: 'false', ...wrong }));
      expect(names(await page('videos'))).toEqual(['Calm sea', 'Loud sea']);
    });

    test('are answered as a plugin makes them', async () => {
      const { contexts } = probe.on(videoListAnswered, ({ total, data }) => ({
        total,
        data: data.map((video) => ({ ...video, pluginData: { probe: video.name } })),
      }));
      expect((await page('videos?sort=name')).data[0]).toMatchObject({ pluginData: { probe: 'Calm sea' } });
      expect(contexts[0]).toMatchObject({ viewer: null, own: false, parameters: { sort: 'name' } });
      expect((await page('users/me/videos', owner)).data[0]).toMatchObject({
        waitTranscoding: expect.any(Boolean),
      });
    });

    test('and the overview leave out what a plugin leaves out', async () => {
      probe.on(videoListAnswered, ({ data }) => ({ total: 0, data: data.filter(({ nsfw }) => nsfw) }));
      expect(names(await page('videos'))).toEqual(['Loud sea']);
      expect(await visitor.call('GET', '/api/v1/overviews/videos')).toMatchObject({
        categories: [],
        tags: [],
        channels: [{ videos: [{ name: 'Loud sea' }] }],
      });
    });

    test('and the search are as they were when plugins break', async () => {
      for (const hook of [videoListAsked, videoListAnswered, videoSearchAsked, videoSearchAnswered])
        probe.breaks(hook);
      expect(names(await page('videos'))).toEqual(['Calm sea', 'Loud sea']);
      expect(names(await page('search/videos?search=calm'))).toEqual(['Calm sea']);
    });
  });

  describe('the search', () => {
    test('looks for what a plugin makes of the words, and is answered as it says', async () => {
      const list = probe.on(videoListAsked);
      const asked = probe.on(videoSearchAsked, (parameters) => ({ ...parameters, search: 'loud' }));
      const answered = probe.on(videoSearchAnswered, ({ data }) => ({ total: 99, data }));
      expect(await page('search/videos?search=calm')).toMatchObject({
        total: 99,
        data: [{ name: 'Loud sea' }],
      });
      expect(asked.given[0]).toMatchObject({ search: 'calm', sort: '-match' });
      expect(answered.contexts[0]).toMatchObject({ parameters: { search: 'loud' } });
      expect(list.given).toEqual([]);
    });

    test('by address is answered as a plugin says, too', async () => {
      probe.on(videoSearchAnswered, () => ({ total: 0, data: [] }));
      const url = encodeURIComponent(`${instance.config.url}/videos/watch/${calm.uuid}`);
      expect(await page(`search/videos?search=${url}`)).toMatchObject({ total: 0, data: [] });
    });
  });

  describe('a download', () => {
    const download = (url: string, init?: RequestInit) => fetch(url, init);

    test.each([
      ['refuse', refuse, 'refused_by_plugin'],
      ['hold', hold, 'held_by_plugin'],
    ])(
      'that a plugin answers with %s gets 403 and the reason; the WebSeed goes on',
      async (_, verdict, code) => {
        const { given } = probe.on(downloadRequested, ({ viewer }) =>
          viewer === null ? verdict('Log in to download.') : undefined,
        );
        const [file] = calm.files;
        const answer = await download(file!.fileDownloadUrl);
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ code, detail: 'Log in to download.' });
        const headers = { authorization: `Bearer ${owner.token}`, range: 'bytes=0-9' };
        expect((await download(file!.fileDownloadUrl, { headers })).status).toBe(206);
        expect((await download(file!.fileUrl)).status).toBe(200);
        expect(given).toEqual([
          expect.objectContaining({
            viewer: null,
            video: {
              id: calm.id,
              uuid: calm.uuid,
              url: expect.stringContaining(calm.uuid),
              name: 'Calm sea',
              isLocal: true,
            },
            file: {
              name: expect.stringMatching(/\.mp4$/),
              resolution: expect.any(Number),
              mediaType: 'video/mp4',
            },
          }),
          expect.objectContaining({ viewer: expect.objectContaining({ username: 'root' }) }),
        ]);
      },
    );

    test('is held when the plugin breaks', async () => {
      probe.breaks(downloadRequested);
      const answer = await download(loud.files[0]!.fileDownloadUrl);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'held_by_plugin' });
    });
  });
});
