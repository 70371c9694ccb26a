import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { administratorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING, type Video } from '../support/videos.js';

const AS_HTML = 'Sea &amp; &lt;b&gt;]]&gt;&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;';
const HOSTILE = 'Sea & <b>]]></title><script>alert(1)</script>';

let instance: TestInstance;
let sea: Video;
let calm: Video;

beforeAll(async () => {
  instance = await createInstance({
    environment: { ...QUICK_PUBLISHING, VIDIVERSE_INSTANCE_NAME: 'Ours', VIDIVERSE_FEEDS_ITEMS: '2' },
  });
  const owner = await administratorOf(instance);
  await publishVideo(owner, { name: 'The oldest' });
  sea = await publishVideo(owner, { name: HOSTILE, description: 'Wind \u0007<i>and</i> waves' });
  calm = await publishVideo(owner, { name: 'Calm' });
  await publishVideo(owner, { name: 'Secret', privacy: 3 });
  await publishVideo(owner, { name: 'By link', privacy: 2 });
});
afterAll(() => instance.close());

const ask = async (path: string) => {
  const answer = await fetch(`${instance.address}/feeds/${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

const json = async (query = '') => JSON.parse((await ask(`videos.json${query}`)).text) as JsonFeed;

interface JsonFeed {
  version: string;
  title: string;
  items: Array<{ id: string; title: string; content_html: string }>;
}

const CDATA = /<!\[CDATA\[(.*?)\]\]>/gs;

/** The texts of an element wherever it stands, as an XML reader has them. */
const textsOf = (xml: string, element: string): string[] => {
  const plain = xml.replace(CDATA, (_, text: string) => text.replaceAll('<', '\u0001'));
  const found = plain.matchAll(new RegExp(`<${element}(?: [^>]*)?>(.*?)</${element}>`, 'gs'));
  return [...found].map(([, text]) => text!.replaceAll('\u0001', '<'));
};

test('the newest public videos are there, as JSON Feed', async () => {
  expect(await json()).toMatchObject({
    version: expect.stringContaining('jsonfeed.org/version/1'),
    title: 'Ours',
    items: [
      { id: `${instance.config.url}/videos/watch/${calm.uuid}`, title: 'Calm' },
      { title: HOSTILE, content_html: 'Wind &lt;i&gt;and&lt;/i&gt; waves' },
    ],
  });
});

test('RSS names the file, so that podcast readers play it', async () => {
  const { headers, text } = await ask('videos.xml');
  expect(headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
  expect(headers.get('cache-control')).toBe('public, max-age=900');
  const url = `${instance.config.url}/static/web-videos/[\\w-]+\\.mp4`;
  expect(text).toMatch(new RegExp(`<enclosure [^>]*url="${url}"`));
  expect(text).toMatch(/<enclosure [^>]*length="\d{4,}"/);
  expect(textsOf(text, 'pubDate')).toHaveLength(2);
});

test('Atom has its own address, and texts cannot leave their element', async () => {
  const { headers, text } = await ask('videos.atom?sort=publishedAt');
  expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  expect(text).toContain(
    `<link rel="self" href="${instance.config.url}/feeds/videos.atom?sort=publishedAt"/>`,
  );
  expect(textsOf(text, 'title')).toEqual(['Ours', 'The oldest', AS_HTML]);
  expect(text.replace(CDATA, '')).not.toContain('<script');
});

test.each([
  ['videoChannelName=root_channel', 'root_channel'],
  ['accountName=root', 'root'],
])('a feed of one: %s', async (query) => {
  const { title, items } = await json(`?${query}`);
  expect(title).toMatch(/ - Ours$/);
  expect(items).toHaveLength(2);
});

test.each([
  ['videos.json?accountName=nobody', 404],
  ['videos.json?videoChannelId=99999', 404],
  ['videos.json?accountId=1&videoChannelId=1', 400],
  ['videos.pdf', 400],
])('%s is answered %i', async (path, status) => {
  expect(await ask(path)).toMatchObject({ status });
});

test('pages name the feeds that belong to them', async () => {
  const page = async (path: string) => (await fetch(instance.address + path)).text();
  const { url } = instance.config;
  expect(await page('/')).toContain(
    `<link rel="alternate" href="${url}/feeds/videos.xml" type="application/rss+xml">`,
  );
  const channel = encodeURIComponent(`root_channel@${new URL(url).host}`);
  expect(await page(`/w/${sea.uuid}`)).toContain(`${url}/feeds/videos.xml?videoChannelName=${channel}`);
});
