import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cacheCandidateChosen,
  cacheCandidatesRanked,
  cacheOffered,
  hold,
  refuse,
  seedListRanked,
} from '@vidiverse/hooks';
import {
  cachedCopy,
  copiesOf,
  known,
  publishLarge,
  QUICK_CACHING,
  setStrategies,
} from '../support/caching.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { fetchTorrent } from '../support/torrents.js';
import { until } from '../support/uploads.js';
import type { Video } from '../support/videos.js';
import { type Probe, probeOf } from './probe.js';

let instances: Instances;
let origin: FederatedInstance;
let cache: FederatedInstance;
let atOrigin: Probe;
let atCache: Probe;
/** In the order in which they were published. */
let videos: Video[];

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: { ...QUICK_CACHING, VIDIVERSE_FEDERATION_INBOX_FIRST_RETRY: '50' },
  });
  [origin, cache] = instances.all as [FederatedInstance, FederatedInstance];
  await cache.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
  videos = [];
  for (const [index, name] of ['first', 'second', 'third'].entries())
    videos.push(await publishLarge(origin.administrator, name, SIZE + index));
  for (const video of videos) await known(cache.administrator, video);
  atOrigin = probeOf(origin);
  atCache = probeOf(cache);
});
afterEach(async () => {
  atOrigin.off();
  atCache.off();
  await setStrategies(cache.administrator);
  await until(async () => (await copiesOf(cache.administrator)).length === 0, 'nothing is cached');
  await instances.untilIdle();
});
afterAll(() => instances.close());

const MIB = 1024 * 1024;
/** One fits into a mebibyte, two do not. */
const SIZE = 700_000;
const BUDGET = 500_000_000;
const everything = (budget = BUDGET) => ({
  kind: 'instance',
  name: 'everything',
  host: origin.host,
  budget,
  minLifetime: 0,
});
/** What a round would take, the best first. */
const preview = async (budget?: number) => {
  const json = { strategies: [everything(budget)] };
  const path = '/api/v1/server/caching/preview';
  const { add } = await cache.administrator.call<{ add: Array<{ title: string }> }>('POST', path, { json });
  return add.map(({ title }) => title);
};
const listedAt = async ({ uuid }: Video) => {
  const [file] = (await origin.administrator.video(uuid)).files;
  return (file as unknown as { webSeeds: string[] }).webSeeds.slice(1);
};
const strategy = { name: 'everything', kind: 'instance', budget: BUDGET };
const candidate = ({ uuid, name, files }: Video) => ({
  fileId: expect.any(Number),
  videoUuid: uuid,
  title: name,
  channel: `root_channel@${origin.host}`,
  host: origin.host,
  size: files[0]!.size,
  duration: expect.any(Number),
  views: 0,
  recentViews: 0,
  publishedAt: expect.stringMatching(/^\d{4}-/),
});

describe('what may be cached', () => {
  test('is taken in the order of the scores; the strategy’s order stays among the same ones', async () => {
    expect(await preview()).toEqual(['third', 'second', 'first']);
    const { given, contexts } = atCache.on(cacheCandidatesRanked, (files) =>
      files.map((file) => ({ ...file, score: file.score + (file.title === 'first' ? 10 : 0) })),
    );
    expect(await preview()).toEqual(['first', 'third', 'second']);
    expect(given).toEqual([videos.toReversed().map((video) => ({ ...candidate(video), score: 0 }))]);
    expect(contexts).toEqual([{ strategy }]);
  });

  test('is not taken when a plugin leaves it out; what a plugin makes up is not either', async () => {
    atCache.on(cacheCandidatesRanked, (files) => [
      ...files
        .filter(({ title }) => title !== 'second')
        .map((file) => ({ ...file, size: 1, title: 'Renamed' })),
      { ...files[0]!, fileId: 10 ** 6 },
    ]);
    expect(await preview()).toEqual(['third', 'first']);
  });

  test.each([
    ['refuses', () => refuse('No.')],
    ['holds', () => hold('Not now.')],
  ])('is not taken when a plugin %s it; the room is for others', async (_, verdict) => {
    const { given } = atCache.on(cacheCandidateChosen, ({ candidate: { title } }) =>
      title === 'third' ? verdict() : undefined,
    );
    expect(await preview(MIB)).toEqual(['second']);
    expect(given).toEqual([
      { strategy: { ...strategy, budget: MIB }, candidate: candidate(videos[2]!) },
      { strategy: { ...strategy, budget: MIB }, candidate: candidate(videos[1]!) },
    ]);
  });

  test('is as the policy says when a plugin breaks that ranks, and nothing when one breaks that decides', async () => {
    atCache.breaks(cacheCandidatesRanked);
    expect(await preview()).toEqual(['third', 'second', 'first']);
    atCache.breaks(cacheCandidateChosen);
    expect(await preview()).toEqual([]);
  });

  test('is fetched by a round as plugins say', async () => {
    atCache.on(cacheCandidateChosen, ({ candidate: { title } }) =>
      title === 'second' ? undefined : refuse('No.'),
    );
    await setStrategies(cache.administrator, everything());
    await cachedCopy(cache.administrator, videos[1]!);
    expect((await copiesOf(cache.administrator)).map(({ video }) => video.name)).toEqual(['second']);
  });
});

describe('a copy that another instance offers', () => {
  const cacheOne = async (video: Video) => {
    atCache.on(cacheCandidateChosen, ({ candidate: { title } }) =>
      title === video.name ? undefined : refuse('No.'),
    );
    await setStrategies(cache.administrator, everything());
    return cachedCopy(cache.administrator, video);
  };
  const follows = async () => {
    await origin.administrator.follow({ hosts: [cache.host] });
    await instances.untilIdle();
  };
  beforeAll(follows);

  test('is dropped when a plugin refuses it', async () => {
    const { given } = atOrigin.on(cacheOffered, () => refuse('Its line is too slow.'));
    const { fileUrl } = await cacheOne(videos[0]!);
    const dropped = await until(async () => {
      const { data } = await origin.administrator.inboxActivities({ state: 'refused', count: 50 });
      return data.find(({ reason }) => reason === 'Refused by the plugin probe: Its line is too slow.');
    }, 'the offer is refused');
    expect(dropped.activity.type).toBe('Create');
    expect(await listedAt(videos[0]!)).toEqual([]);
    const { id, uuid, name, files } = videos[0]!;
    expect(given[0]).toEqual({
      id: expect.stringContaining(cache.address),
      actorUrl: `${cache.address}/accounts/peertube`,
      host: cache.host,
      url: fileUrl,
      expiresAt: expect.stringMatching(/^\d{4}-/),
      video: { id, uuid, name, url: `${origin.address}/videos/watch/${uuid}`, isLocal: true },
      file: { id: files[0]!.id, resolution: expect.any(Number), size: files[0]!.size },
    });
  });

  test('waits while a plugin holds it, and is listed as plugins rank it', async () => {
    let calls = 0;
    atOrigin.on(cacheOffered, () => ((calls += 1) === 1 ? hold('Not yet.') : undefined));
    const video = videos[1]!;
    const { fileUrl } = await cacheOne(video);
    await until(async () => (await listedAt(video)).includes(fileUrl!), 'the copy is listed');
    const { given, contexts } = atOrigin.on(seedListRanked, (seeds) => [
      ...seeds,
      { ...seeds[0]!, url: 'https://elsewhere.example/file.mp4' },
    ]);
    expect(await listedAt(video)).toEqual([fileUrl]);
    expect(given[0]).toEqual([
      {
        url: fileUrl,
        host: cache.host,
        throughput: expect.any(Number),
        failureRate: expect.any(Number),
        expiresAt: expect.stringMatching(/^\d{4}-/),
      },
    ]);
    expect(contexts[0]).toEqual({ videoUuid: video.uuid, fileId: video.files[0]!.id });
    expect((await fetchTorrent(video.files[0]!.torrentUrl)).urlList).toEqual([
      video.files[0]!.fileUrl,
      fileUrl,
    ]);
    atOrigin.on(seedListRanked, () => []);
    expect(await listedAt(video)).toEqual([]);
    expect((await fetchTorrent(video.files[0]!.torrentUrl)).urlList).toEqual([video.files[0]!.fileUrl]);
    expect((await origin.administrator.video(video.uuid)).files[0]!.magnetUri).not.toContain(
      encodeURIComponent(fileUrl!),
    );
    atOrigin.off();
    atOrigin.breaks(seedListRanked);
    expect(await listedAt(video)).toEqual([fileUrl]);
  });
});
