import { expect, test } from '@jest/globals';
import {
  type PageHead,
  pageHeadBuilt,
  type VideoListParameters,
  VideoReader,
  type VideoRow,
} from '@vidiverse/hooks';
import { MemorySettings, registryOf } from '@vidiverse/hooks/testing';
import { settings as schema } from '../settings.js';
import { FeedLinks } from './feed-links.js';
import { VideoFeeds } from './video-feeds.js';

const OURS = { url: 'https://ours.example', host: 'ours.example', name: 'Ours' };

const row = (id: number, channel: string, host = OURS.host): VideoRow => {
  const owner = {
    id: 1,
    name: channel,
    displayName: `The ${channel}`,
    url: `https://${host}/c/${channel}`,
    host,
  };
  const fields = {
    ...{
      id,
      url: `https://${host}/${id}`,
      name: `Video ${id}`,
      description: null,
      account: { ...owner, name: 'ada' },
    },
    ...{ channel: owner, publishedAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
  };
  return fields as unknown as VideoRow;
};

/** Pages of these videos, the newest first. */
class Videos extends VideoReader {
  readonly asked: Array<Partial<VideoListParameters>> = [];

  constructor(private readonly rows: VideoRow[]) {
    super();
  }

  async get(): Promise<null> {
    return null;
  }

  async list(parameters: Partial<VideoListParameters> = {}) {
    this.asked.push(parameters);
    const { start = 0, count = 15, host } = parameters;
    const rows = this.rows.filter((video) => host === undefined || video.channel.host === host);
    return { total: 0, data: rows.slice(start, start + count) };
  }
}

function setUp(rows: VideoRow[], feedItems = 20) {
  const videos = new Videos(rows);
  const feeds = new VideoFeeds(new MemorySettings(schema.parse({ feedItems })), videos, OURS);
  return { feeds, videos };
}

test('the feed of the instance has its newest videos', async () => {
  const { feeds, videos } = setUp([row(3, 'a'), row(2, 'b'), row(1, 'a')], 2);
  const feed = (await feeds.of(null))!;
  expect(feed).toMatchObject({ title: 'Ours', url: 'https://ours.example/' });
  expect(feed.items.map(({ title }) => title)).toEqual(['Video 3', 'Video 2']);
  expect(videos.asked).toMatchObject([{ isLocal: true, sort: '-publishedAt', count: 2 }]);
});

test('the feed of a channel has its videos only, also of another instance, and looks through 500 at most', async () => {
  const many = Array.from({ length: 700 }, (_, n) => row(n + 10, 'other'));
  const { feeds, videos } = setUp([
    row(2, 'a'),
    row(3, 'a', 'far.example'),
    ...many.slice(0, 150),
    row(1, 'A'),
    ...many,
  ]);
  const feed = (await feeds.of({ kind: 'channel', handle: 'a' }))!;
  expect([feed.title, feed.url, feed.items.length]).toEqual(['The a', 'https://ours.example/c/a', 2]);
  expect(videos.asked).toHaveLength(5);
  const far = (await feeds.of({ kind: 'channel', handle: 'a@far.example' }))!;
  expect(far.items.map(({ url }) => url)).toEqual(['https://far.example/3']);
  expect(await feeds.of({ kind: 'account', handle: 'nobody' })).toBeNull();
});

test('pages name their feeds, and embedded players do not', async () => {
  const registry = registryOf('webhooks', [new FeedLinks(OURS)]);
  const head: PageHead = { title: 'x', meta: [], links: [], structured: null };
  const linksOf = async (video: VideoRow | null, page: 'site' | 'watch' | 'embed') =>
    (await registry.filter(pageHeadBuilt, head, { video, page })).links.map(({ href }) => href);
  const all = 'https://ours.example/plugins-api/webhooks/feeds/videos.atom';
  expect(await linksOf(null, 'site')).toEqual([all]);
  expect(await linksOf(row(1, 'a'), 'watch')).toEqual([`${all}?channel=a%40ours.example`, all]);
  expect(await linksOf(row(1, 'a'), 'embed')).toEqual([]);
});
