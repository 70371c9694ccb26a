import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { administratorOf, type InstanceClient, visitorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { storedFiles, until } from '../support/uploads.js';
import { publishVideo, QUICK_PUBLISHING, uploadVideo, type Video } from '../support/videos.js';

const invalid = (field: string) => ({
  status: 400,
  body: { code: 'invalid_input', 'invalid-params': { [field]: { msg: expect.any(String) } } },
});

/** A well-formed short UUID that no video has. */
const SHORT_OF_NOBODY = 'eQfxDNf6ezcYCUqBNPYqw2';

const LONG = 'All of it. '.repeat(60);

describe('videos', () => {
  let instance: TestInstance;
  let owner: InstanceClient;
  let visitor: InstanceClient;
  /** Alpha, Beta and Gamma, published in this order. */
  let shown: Video[];

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK_PUBLISHING });
    owner = await administratorOf(instance);
    visitor = visitorOf(instance);
    shown = [
      await publishVideo(owner, { name: 'Alpha café', tags: 'art,nature', category: 1, language: 'fr' }),
      await publishVideo(owner, { name: 'Beta start', tags: 'Nature', category: 2, licence: 1, nsfw: true }),
      await publishVideo(owner, { name: 'Gamma 100%', description: LONG, support: 'Tea', language: 'en' }),
    ];
  });
  afterAll(() => instance.close());

  const names = async (query: string, path = 'videos') => {
    const { data } = await visitor.call<{ data: Video[] }>('GET', `/api/v1/${path}?${query}`);
    return data.map(({ name }) => name.split(' ')[0]!);
  };

  describe('lists', () => {
    test('have PeerTube’s shape, the latest first', async () => {
      const { total, data } = await visitor.videos();
      expect(total).toBe(3);
      expect(data.map(({ uuid }) => uuid)).toEqual(shown.map(({ uuid }) => uuid).reverse());
      expect(data[0]).toMatchObject({
        shortUUID: shown[2]!.shortUUID,
        category: { id: null, label: 'Unknown' },
        language: { id: 'en', label: 'English' },
        privacy: { id: 1, label: 'Public' },
        isLocal: true,
        account: { name: 'root', host: new URL(instance.config.url).host },
        channel: { name: 'root_channel' },
      });
    });

    test('are paged, and their bounds are kept', async () => {
      expect(await visitor.videos({ start: 1, count: 1 })).toMatchObject({
        total: 3,
        data: [{ name: 'Beta start' }],
      });
      expect(await visitor.videos({ start: 3 })).toEqual({ total: 3, data: [] });
      expect(await visitor.videos({ count: 0 })).toEqual({ total: 3, data: [] });
      expect(await visitor.videos({ skipCount: true, count: 1 })).toMatchObject({ data: [{}] });
      for (const [field, value] of [
        ['start', -1],
        ['start', 'x'],
        ['start', 10 ** 12],
        ['count', 101],
        ['count', -1],
        ['count', 1.5],
        ['sort', 'password'],
        ['sort', '-publishedAt; DROP TABLE videos'],
        ['nsfw', 'perhaps'],
        ['startDate', 'yesterday'],
      ] as const)
        expect(await visitor.ask('GET', '/api/v1/videos', { query: { [field]: value } })).toMatchObject(
          invalid(field),
        );
    });

    test.each(
      ['name', 'duration', 'createdAt', 'publishedAt', 'originallyPublishedAt', 'updatedAt', 'views', 'likes']
        .concat(['comments', 'trending', 'hot', 'best', 'match'])
        .flatMap((key) => [key, `-${key}`]),
    )('sorted by %s, every video is on one page', async (sort) => {
      const pages = [0, 1, 2].map((start) => names(`sort=${sort}&start=${start}&count=1`));
      expect((await Promise.all(pages)).flat().sort()).toEqual(['Alpha', 'Beta', 'Gamma']);
    });

    test('are in the order that is asked for', async () => {
      expect(await names('sort=name')).toEqual(['Alpha', 'Beta', 'Gamma']);
      expect(await names('sort=-name')).toEqual(['Gamma', 'Beta', 'Alpha']);
      expect(await names('sort=publishedAt')).toEqual(['Alpha', 'Beta', 'Gamma']);
    });

    test.each([
      ['categoryOneOf=1', 'Alpha'],
      ['categoryOneOf[]=1', 'Alpha'],
      ['categoryOneOf=1&categoryOneOf=2', 'Alpha Beta'],
      ['categoryOneOf[]=1&categoryOneOf[]=2', 'Alpha Beta'],
      ['categoryOneOf%5B%5D=2', 'Beta'],
      ['licenceOneOf=1', 'Beta'],
      ['languageOneOf=fr&languageOneOf=en', 'Alpha Gamma'],
      ['tagsOneOf=art', 'Alpha'],
      ['tagsOneOf=NATURE', 'Alpha Beta'],
      ['tagsOneOf=star', ''],
      ['tagsOneOf=beta', ''],
      ['tagsOneOf=%25', ''],
      ['tagsAllOf=art&tagsAllOf=nature', 'Alpha'],
      ['tagsAllOf[]=art&tagsAllOf[]=gone', ''],
      ['nsfw=false', 'Alpha Gamma'],
      ['nsfw=true', 'Beta'],
      ['nsfw=both', 'Alpha Beta Gamma'],
      ['isLocal=true', 'Alpha Beta Gamma'],
      ['isLocal=false', ''],
      ['isLive=true', ''],
      ['durationMin=100', ''],
      ['durationMax=100', 'Alpha Beta Gamma'],
      ['startDate=2020-01-01T00:00:00.000Z', 'Alpha Beta Gamma'],
      ['endDate=2020-01-01', ''],
      ['host=elsewhere.test', ''],
      ['privacyOneOf=3&include=1', 'Alpha Beta Gamma'],
      ['filter=local&someThingNew=1', 'Alpha Beta Gamma'],
    ])('filtered by %s have "%s"', async (query, expected) => {
      expect((await names(`sort=name&${query}`)).join(' ')).toBe(expected);
    });

    test.each([
      ['cafe', 'Alpha'],
      ['CAFÉ alpha', 'Alpha'],
      ['nature', 'Alpha Beta'],
      ['start%20nature', 'Beta'],
      ['100%25', 'Gamma'],
      ['%25', 'Gamma'],
      ['_', ''],
      ['nothing', ''],
    ])('the search for %s finds "%s"', async (text, expected) => {
      expect((await names(`search=${text}&sort=name`, 'search/videos')).join(' ')).toBe(expected);
    });

    test('of an account and of a channel have their videos, and 404 for none', async () => {
      for (const place of ['accounts/root', 'video-channels/root_channel']) {
        expect(await names('sort=name', `${place}/videos`)).toEqual(['Alpha', 'Beta', 'Gamma']);
        expect((await visitor.ask('GET', `/api/v1/${place}x/videos`)).status).toBe(404);
      }
    });
  });

  describe('one video', () => {
    test('is found by id, UUID and short UUID, with a slash behind and in capitals', async () => {
      const { id, uuid, shortUUID } = shown[0]!;
      for (const name of [id, uuid, uuid.toUpperCase(), shortUUID, `${uuid}/`, `${shortUUID}/`, `${id}/`])
        expect(await visitor.video(name)).toMatchObject({ id, uuid, shortUUID });
    });

    test.each([
      '0',
      '-1',
      '999999',
      '1e3',
      '99999999999999999999',
      'x',
      '%00',
      '..%2f1',
      "1'--",
      SHORT_OF_NOBODY,
    ])('there is none called %s', async (name) => {
      const { status, body } = await visitor.ask('GET', `/api/v1/videos/${name}`);
      expect([status, body.code]).toEqual([404, 'not_found']);
    });

    test('has its whole description, lists the beginning of it', async () => {
      const { uuid } = shown[2]!;
      expect((await visitor.video(uuid)).description).toBe(LONG);
      expect(await visitor.call('GET', `/api/v1/videos/${uuid}/description`)).toEqual({ description: LONG });
      const { data } = await visitor.videos({ count: 1 });
      expect(data[0]!.description).toHaveLength(250);
      expect(data[0]!.description).toMatch(/\.\.\.$/);
    });

    test('says strings where NewPipe, yt-dlp and Grayjay read strings, also with nothing filled in', async () => {
      const { uuid } = await uploadVideo(owner, { name: 'Unfinished' });
      const bare = await publishVideo(owner, { name: 'Bare', privacy: 2 });
      const closed = await publishVideo(owner, { name: 'Closed', privacy: 3 });
      for (const id of [shown[0]!.uuid, bare.uuid, closed.uuid, uuid]) {
        const video = await owner.call<Record<string, unknown>>('GET', `/api/v1/videos/${id}/`);
        expect(nullsIn(video)).toEqual([]);
      }
      for (const id of [bare.uuid, closed.uuid, uuid]) await owner.removeVideo(id);
    });

    test.each([
      ['captions', { total: 0, data: [] }],
      ['chapters', { chapters: [] }],
      ['storyboards', { storyboards: [] }],
      ['comment-threads', { total: 0, totalNotDeletedComments: 0, data: [] }],
    ])('has no %s, which is no error', async (what, nothing) => {
      expect(await visitor.call('GET', `/api/v1/videos/${shown[0]!.uuid}/${what}`)).toEqual(nothing);
      expect((await visitor.ask('GET', `/api/v1/videos/999999/${what}`)).status).toBe(404);
    });

    test('says at its metadata address what its file is', async () => {
      const [file] = shown[0]!.files;
      expect(file!.metadataUrl).toBe(
        `${instance.config.url}/api/v1/videos/${shown[0]!.uuid}/metadata/${file!.id}`,
      );
      expect(await visitor.call('GET', new URL(file!.metadataUrl).pathname)).toMatchObject({
        format: { size: file!.size },
        streams: [{ codec_type: 'video', width: 128, height: 96 }],
      });
      const path = `/api/v1/videos/${shown[0]!.uuid}/metadata`;
      for (const id of [shown[1]!.files[0]!.id, 999_999, 'x'])
        expect((await visitor.ask('GET', `${path}/${id}`)).status).toBe(404);
    });
  });

  describe('what clients ask for that is not here', () => {
    test.each([
      'video-playlists',
      'accounts/root/video-playlists',
      'video-channels/root_channel/video-playlists',
      'search/video-playlists?search=x',
    ])('%s is an empty list', async (path) => {
      expect(await visitor.call('GET', `/api/v1/${path}`)).toEqual({ total: 0, data: [] });
    });

    test('channels are searched by name', async () => {
      const path = '/api/v1/search/video-channels';
      const found = await visitor.call('GET', path, { query: { search: 'ROOT' } });
      expect(found).toMatchObject({
        total: 1,
        data: [{ name: 'root_channel', ownerAccount: { name: 'root' } }],
      });
      expect(await visitor.call('GET', path, { query: { search: 'nobody%' } })).toEqual({
        total: 0,
        data: [],
      });
    });

    test('the overview has the latest videos of a category, a tag and a channel', async () => {
      expect(await visitor.call('GET', '/api/v1/overviews/videos?page=1')).toMatchObject({
        categories: expect.any(Array),
        tags: expect.any(Array),
        channels: [{ channel: { name: 'root_channel' }, videos: [{}, {}, {}] }],
      });
      expect(await visitor.call('GET', '/api/v1/overviews/videos?page=9')).toEqual({
        categories: [],
        tags: [],
        channels: [],
      });
    });
  });

  describe('an update', () => {
    let video: Video;
    const filled = {
      name: 'Filled in',
      description: 'Words',
      support: 'Tea',
      tags: 'one,two',
      category: 3,
      licence: 2,
      language: 'de',
      originallyPublishedAt: '2001-02-03',
    };
    beforeAll(async () => {
      video = await publishVideo(owner, { ...filled, privacy: 2 });
    });

    test('changes what is given and leaves the rest', async () => {
      const before = await owner.video(video.uuid);
      await owner.updateVideo(video.shortUUID, { name: 'Renamed', nsfw: true });
      const { updatedAt, ...after } = await owner.video(video.uuid);
      expect(after).toEqual({
        ...before,
        name: 'Renamed',
        nsfw: true,
        updatedAt: undefined,
        files: expect.any(Array),
      });
      expect(updatedAt > before.updatedAt).toBe(true);
      expect(after.files.map(({ infoHash, fileUrl }) => [infoHash, fileUrl])).toEqual(
        before.files.map(({ infoHash, fileUrl }) => [infoHash, fileUrl]),
      );
    });

    test('takes JSON, and null to empty a field', async () => {
      await owner.updateVideo(video.id, { tags: ['three'], category: null, language: null, support: null });
      expect(await owner.video(video.id)).toMatchObject({
        tags: ['three'],
        category: { id: null },
        language: { id: null },
        support: null,
        description: 'Words',
        licence: { id: 2 },
      });
    });

    test('takes a form with text only', async () => {
      const form = {
        name: 'By form',
        nsfw: 'false',
        'tags[]': 'four',
        commentsEnabled: 'false',
        licence: 'null',
      };
      await owner.call('PUT', `/api/v1/videos/${video.uuid}`, { form });
      expect(await owner.video(video.uuid)).toMatchObject({
        name: 'By form',
        nsfw: false,
        tags: ['four'],
        commentsEnabled: false,
        licence: { id: null },
        description: 'Words',
      });
    });

    const picture = (colour: string) =>
      sharp({ create: { width: 640, height: 360, channels: 3, background: colour } })
        .png()
        .toBuffer();

    const putForm = (fields: Record<string, string>, images: Record<string, Buffer>) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      for (const [name, image] of Object.entries(images))
        body.append(name, new Blob([new Uint8Array(image)]), 'picture.png');
      return owner.ask('PUT', `/api/v1/videos/${video.uuid}`, { body });
    };

    test('takes pictures in a form, and forgets the ones before', async () => {
      const before = await owner.video(video.uuid);
      const { status } = await putForm(
        { name: 'With pictures' },
        { thumbnailfile: await picture('teal'), previewfile: await picture('tan') },
      );
      expect(status).toBe(204);
      const after = await owner.video(video.uuid);
      expect(after.name).toBe('With pictures');
      for (const kind of ['thumbnailPath', 'previewPath'] as const) {
        expect(after[kind]).not.toBe(before[kind]);
        const { status, headers } = await visitor.ask('GET', after[kind]);
        expect([status, headers.get('content-type')]).toEqual([200, 'image/jpeg']);
        expect((await visitor.ask('GET', before[kind])).status).toBe(404);
      }
    });

    test('with a picture that is none changes nothing', async () => {
      const before = await owner.video(video.uuid);
      const files = await storedFiles(instance.dataFolder);
      const answer = await putForm({ name: 'Half done' }, { thumbnailfile: Buffer.from('<svg/>') });
      expect(answer.status).toBe(415);
      const unnamed = await putForm({ name: 'Half done' }, { videofile: await picture('red') });
      expect(unnamed).toMatchObject(invalid('videofile'));
      expect(await owner.video(video.uuid)).toMatchObject({ name: before.name, updatedAt: before.updatedAt });
      expect(await storedFiles(instance.dataFolder)).toEqual(files);
    });

    test.each([
      ['name', 'ab'],
      ['name', 'x'.repeat(121)],
      ['description', 'x'.repeat(10_001)],
      ['category', 99],
      ['licence', 'x'],
      ['language', '<b>'],
      ['privacy', 9],
      ['channelId', 0],
      ['originallyPublishedAt', 'soon'],
    ])('with a wrong %s is refused', async (field, value) => {
      const answer = await owner.ask('PUT', `/api/v1/videos/${video.uuid}`, { json: { [field]: value } });
      expect(answer).toMatchObject(invalid(field));
    });

    test.each(['id', 'uuid', 'views', 'state', 'createdAt', 'originalFilename', 'searchText', 'files'])(
      'does not slip in %s',
      async (field) => {
        const before = await owner.video(video.uuid);
        const { updatedAt: _, ...rest } = before;
        await owner.updateVideo(video.uuid, { name: before.name, [field]: 7 });
        expect(await owner.video(video.uuid)).toMatchObject(
          JSON.parse(JSON.stringify({ ...rest, files: [{}] })),
        );
      },
    );

    test('does not undo what processing or a view writes meanwhile', async () => {
      const row = instance.nest.get(DataSource).getRepository('videos');
      const updates = Array.from({ length: 20 }, (_, index) =>
        owner.updateVideo(video.uuid, { name: `Take ${index}` }),
      );
      const views = Array.from({ length: 20 }, () => row.increment({ id: video.id }, 'views', 1));
      await Promise.all([...updates, ...views]);
      expect((await owner.video(video.uuid)).views).toBe(20);
    });

    test('that opens a private video gives it the date of today', async () => {
      const hidden = await publishVideo(owner, { name: 'Hidden first', privacy: 3 });
      const opened = new Date();
      await owner.updateVideo(hidden.uuid, { privacy: 1 });
      const { publishedAt } = await visitor.call<{ publishedAt: string }>(
        'GET',
        `/api/v1/videos/${hidden.uuid}`,
      );
      expect(new Date(publishedAt).getTime()).toBeGreaterThanOrEqual(opened.getTime());
      expect((await visitor.videos({ count: 1 })).data[0]!.name).toBe('Hidden first');
      await owner.removeVideo(hidden.uuid);
    });
  });

  describe('a view', () => {
    const report = (options: Parameters<InstanceClient['ask']>[2]) =>
      visitor.ask('POST', `/api/v1/videos/${shown[1]!.uuid}/views`, options);
    const views = async () => (await visitor.video(shown[1]!.uuid)).views;

    test.each([
      ['no body', {}],
      [
        'an empty body that is said to be JSON',
        { headers: { 'content-type': 'application/json' }, body: '' },
      ],
      ['an empty form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' }],
      ['a seek', { json: { currentTime: 1, viewEvent: 'seek' } }],
    ])('with %s is taken', async (_, options) => {
      expect((await report(options)).status).toBe(204);
    });

    test('counts once it was watched, once per viewer', async () => {
      const before = await views();
      const watched = (agent: string) =>
        report({ json: { currentTime: 30 }, headers: { 'user-agent': agent } });
      for (const agent of ['one', 'one', 'two', 'one']) expect((await watched(agent)).status).toBe(204);
      expect(await views()).toBe(before + 2);
    });

    test('of no video, and with a time that is none, is refused', async () => {
      expect((await visitor.ask('POST', '/api/v1/videos/999999/views', { json: {} })).status).toBe(404);
      for (const currentTime of [-1, 'x', 10 ** 9])
        expect(await report({ json: { currentTime } })).toMatchObject(invalid('currentTime'));
    });
  });

  test('a deleted video leaves no row, file, torrent or picture behind', async () => {
    const before = await storedFiles(instance.dataFolder);
    const video = await publishVideo(owner, { name: 'Short lived' });
    expect((await storedFiles(instance.dataFolder)).length).toBeGreaterThan(before.length);
    await owner.removeVideo(video.shortUUID);
    expect((await owner.ask('GET', `/api/v1/videos/${video.uuid}`)).status).toBe(404);
    expect((await owner.ask('DELETE', `/api/v1/videos/${video.uuid}`)).status).toBe(404);
    const [file] = video.files;
    for (const url of [file!.fileUrl, file!.torrentUrl, file!.fileDownloadUrl])
      expect((await visitor.ask('GET', new URL(url).pathname)).status).toBe(404);
    await until(
      async () => (await storedFiles(instance.dataFolder)).length === before.length,
      'its files are gone',
    );
    expect(await storedFiles(instance.dataFolder)).toEqual(before);
  });
});

/** What clients know as text that may be missing: an id, a description or a date that was never given. */
const MAY_BE_NULL = new Set([
  'description',
  'truncatedDescription',
  'support',
  'id',
  'aspectRatio',
  'originallyPublishedAt',
  'inputFileUpdatedAt',
  'blacklistedReason',
  'infoHash',
]);

/** Paths of nulls that clients do not expect. */
function nullsIn(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return MAY_BE_NULL.has(path.split('.').at(-1)!) ? [] : [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => nullsIn(inner, path ? `${path}.${key}` : key));
}
