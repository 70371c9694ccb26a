import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CacheStrategy } from '@vidiverse/policy';
import { randomUUID } from 'node:crypto';
import { AccountEntity } from '../accounts/account.entity.js';
import { ChannelEntity } from '../channels/channel.entity.js';
import type { Config } from '../config/config.js';
import { openTestDatabase, type TestDatabase } from '../database/testing/open-test-database.js';
import { VideoFileEntity } from '../videos/video-file.entity.js';
import { VideoViewsEntity } from '../videos/video-views.entity.js';
import { VideoEntity, VideoPrivacy, VideoState } from '../videos/video.entity.js';
import { CacheCandidates } from './cache-candidates.service.js';
import { CachedFileEntity } from './cached-file.entity.js';

const HASH = 'a'.repeat(40);
const TODAY = new Date().toISOString().slice(0, 10);

let database: TestDatabase;
const files = new Map<string, number>();

/** Three videos of each of two instances: the later ones are newer, the earlier ones have more views. */
beforeAll(async () => {
  database = await openTestDatabase();
  for (const host of ['a.example', 'b.example']) {
    const account = await save(AccountEntity, { name: host, host, displayName: host });
    for (const [index, name] of ['news', 'news', 'art'].entries()) {
      const channel =
        (await database.dataSource.manager.findOneBy(ChannelEntity, { name, host })) ??
        (await save(ChannelEntity, { name, host, displayName: name, accountId: account.id }));
      await addVideo(`${host} ${index}`, channel.id, index);
    }
  }
});
afterAll(() => database.drop());

function save<T extends object>(entity: new () => T, fields: object): Promise<T> {
  const { manager } = database.dataSource;
  return manager.save(manager.create(entity, fields as never)) as Promise<T>;
}

async function addVideo(name: string, channelId: number, index: number): Promise<void> {
  const video = await save(VideoEntity, {
    uuid: randomUUID(),
    url: `https://${name}`,
    remote: true,
    name,
    searchText: name,
    tags: [],
    privacy: VideoPrivacy.Public,
    state: VideoState.Published,
    views: 30 - index,
    publishedAt: new Date(Date.UTC(2026, 0, 1 + index)),
    channelId,
  });
  if (index === 1) await save(VideoViewsEntity, { videoId: video.id, day: TODAY, views: 5 });
  const picture = { mediaType: 'video/mp4', resolution: 480, width: 854, height: 480, fps: 30 };
  const file = await save(VideoFileEntity, {
    ...picture,
    videoId: video.id,
    filename: randomUUID(),
    size: 1000,
    infoHash: HASH,
  });
  files.set(name, file.id);
}

const strategy = (fields: Partial<CacheStrategy>): CacheStrategy => ({
  name: 'some',
  kind: 'recently-added',
  budget: 10_000,
  minLifetime: 0,
  ...fields,
});
const candidates = (maxCandidates: number) =>
  new CacheCandidates(database.dataSource, { caching: { maxCandidates } } as Config);
const BOTH = new Map([
  ['a.example', true],
  ['b.example', true],
]);

test.each<[string, Partial<CacheStrategy>, Map<string, boolean>, string[]]>([
  ['the newest', {}, BOTH, ['a.example 2', 'b.example 2']],
  ['of allowed instances only', {}, new Map([['b.example', true]]), ['b.example 2', 'b.example 1']],
  ['of nobody who was not spoken of', {}, new Map(), []],
  ['by views', { kind: 'most-views' }, BOTH, ['a.example 0', 'b.example 0']],
  ['by views, of which there are not enough', { kind: 'most-views', minViews: 31 }, BOTH, []],
  ['by views of the last days', { kind: 'trending' }, BOTH, ['a.example 1', 'b.example 1']],
  ['of an instance', { kind: 'instance', host: 'b.example' }, new Map(), ['b.example 2', 'b.example 1']],
  [
    'of an instance that is not allowed',
    { kind: 'instance', host: 'b.example' },
    new Map([['b.example', false]]),
    [],
  ],
  [
    'of channels',
    { kind: 'channels', channels: ['art@a.example', 'x@b.example'] },
    new Map(),
    ['a.example 2'],
  ],
  ['of no channel', { kind: 'channels', channels: [] }, BOTH, []],
  ['by hand', { kind: 'manual' }, BOTH, []],
])('the best come first, and no more than the limit: %s', async (_what, fields, hosts, names) => {
  const found = await candidates(2).of(strategy(fields), hosts);
  expect(found.map(({ title }) => title)).toEqual(names);
});

test('one that could not be had makes place for the next; what has a copy is known however it ranks', async () => {
  const copy = (videoFileId: number, state: string) =>
    save(CachedFileEntity, {
      videoFileId,
      videoUuid: randomUUID(),
      videoUrl: 'https://a.example/v',
      host: 'a.example',
      originInboxUrl: 'https://a.example/inbox',
      filename: randomUUID(),
      torrentFilename: randomUUID(),
      mediaType: 'video/mp4',
      resolution: 480,
      fps: 30,
      size: 1000,
      infoHash: HASH,
      strategy: 'some',
      reason: '',
      state,
      bytesFrom: {},
      badSeeds: [],
    });
  await copy(files.get('a.example 2')!, 'failed');
  await copy(files.get('a.example 0')!, 'cached');
  const found = await candidates(2).of(strategy({}), BOTH);
  expect(found.map(({ title }) => title)).toEqual(['b.example 2', 'a.example 1']);
  const held = await candidates(1).held();
  expect(held.map(({ title }) => title).sort()).toEqual(['a.example 0', 'a.example 2']);
});
