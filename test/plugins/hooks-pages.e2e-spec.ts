import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type PageHead, pageHeadBuilt } from '@vidiverse/hooks';
import { administratorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING, type Video } from '../support/videos.js';
import { type Probe, probeOf } from './probe.js';

describe('the head of a page', () => {
  let instance: TestInstance;
  let video: Video;
  let hidden: Video;
  let probe: Probe;

  beforeAll(async () => {
    instance = await createInstance({ environment: QUICK_PUBLISHING });
    const owner = await administratorOf(instance);
    video = await publishVideo(owner, { name: 'Calm sea' });
    hidden = await publishVideo(owner, { name: 'Secret', privacy: 3 });
    probe = probeOf(instance);
  });
  afterEach(() => probe.off());
  afterAll(() => instance.close());

  const page = async (path: string) =>
    (await fetch(instance.address + path, { headers: { accept: 'text/html' } })).text();

  test('is written as a plugin makes it, on each kind of page', async () => {
    const { given, contexts } = probe.on(pageHeadBuilt, (head) => ({
      ...head,
      title: `${head.title} by us`,
      meta: [...head.meta, { attribute: 'name', key: 'author', content: 'Us' }],
      links: [...head.links, { rel: 'alternate', href: '/feed.xml', type: 'application/rss+xml' }],
    }));
    for (const path of ['/', `/w/${video.uuid}`, `/videos/embed/${video.uuid}`]) {
      const html = await page(path);
      expect(html).toMatch(/<title>[^<]+ by us<\/title>/);
      expect(html).toContain('<meta name="author" content="Us">');
      expect(html).toContain('<link rel="alternate" href="/feed.xml" type="application/rss+xml">');
    }
    expect(contexts).toMatchObject([
      { page: 'site', video: null },
      { page: 'watch', video: { uuid: video.uuid } },
      { page: 'embed', video: { uuid: video.uuid } },
    ]);
    expect(given[1]).toMatchObject({
      meta: expect.arrayContaining([{ attribute: 'property', key: 'og:title', content: 'Calm sea' }]),
      links: [
        { rel: 'canonical', href: expect.stringContaining(video.uuid) },
        { rel: 'alternate', type: 'application/rss+xml' },
      ],
      structured: { '@type': 'VideoObject', name: 'Calm sea' },
    });
  });

  test('tells plugins nothing of a video that visitors do not see', async () => {
    const { contexts } = probe.on(pageHeadBuilt);
    await page(`/w/${hidden.uuid}`);
    expect(contexts).toEqual([{ page: 'site', video: null }]);
  });

  test('has the texts of plugins escaped: they bring no scripts', async () => {
    const evil = '"></title><script>alert(1)</script>';
    probe.on(pageHeadBuilt, () => ({
      title: evil,
      meta: [{ attribute: 'name', key: evil, content: evil }],
      links: [{ rel: evil, href: evil, type: evil }],
      structured: { evil },
    }));
    expect(await page('/')).not.toContain('<script>alert');
  });

  test.each([
    ['breaks', (at: Probe) => at.breaks(pageHeadBuilt)],
    [
      'answers no head',
      (at: Probe) => void at.on(pageHeadBuilt, () => ({ title: 1 }) as unknown as PageHead),
    ],
    [
      'adds an attribute of its own',
      (at: Probe) =>
        void at.on(pageHeadBuilt, (head) => ({
          ...head,
          meta: [{ attribute: 'http-equiv' as 'name', key: 'refresh', content: '0' }],
        })),
    ],
  ])('is as it was when the plugin %s', async (_, handle) => {
    const before = await page(`/w/${video.uuid}`);
    handle(probe);
    expect(await page(`/w/${video.uuid}`)).toBe(before);
  });
});
