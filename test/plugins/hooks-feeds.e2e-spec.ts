import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Feed, feedBuilt } from '@vidiverse/hooks';
import { administratorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING } from '../support/videos.js';
import { type Probe, probeOf } from './probe.js';

let instance: TestInstance;
let probe: Probe;

beforeAll(async () => {
  instance = await createInstance({ environment: QUICK_PUBLISHING });
  const owner = await administratorOf(instance);
  await publishVideo(owner, { name: 'Calm sea' });
  await publishVideo(owner, { name: 'Secret', privacy: 3 });
  probe = probeOf(instance);
});
afterEach(() => probe.off());
afterAll(() => instance.close());

const feed = async (path = 'videos.json') => (await fetch(`${instance.address}/feeds/${path}`)).text();

test('a feed is written as a plugin makes it, for each format', async () => {
  const { given, contexts } = probe.on(feedBuilt, (built) => ({
    ...built,
    items: built.items.map((item) => ({ ...item, title: `${item.title} by us` })),
  }));
  for (const path of ['videos.xml', 'videos.atom', 'videos.json?accountName=root'])
    expect(await feed(path)).toContain('Calm sea by us');
  expect(given[0]!.items).toMatchObject([{ title: 'Calm sea', file: { mediaType: 'video/mp4' } }]);
  const { host } = new URL(instance.config.url);
  expect(contexts).toEqual([
    { format: 'rss', account: null, channel: null },
    { format: 'atom', account: null, channel: null },
    { format: 'json', account: `root@${host}`, channel: null },
  ]);
});

test.each([
  ['breaks', (at: Probe) => at.breaks(feedBuilt)],
  ['answers no feed', (at: Probe) => void at.on(feedBuilt, () => ({ items: 1 }) as unknown as Feed)],
  [
    'names a script for a page',
    (at: Probe) => void at.on(feedBuilt, (built) => ({ ...built, url: 'javascript:alert(1)' })),
  ],
])('a feed is as it was when the plugin %s', async (_, handle) => {
  const before = await feed();
  handle(probe);
  expect(await feed()).toBe(before);
});
