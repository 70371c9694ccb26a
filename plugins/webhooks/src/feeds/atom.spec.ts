import { expect, test } from '@jest/globals';
import { toAtom } from './atom.js';
import type { Feed, FeedItem } from './feed.js';

const item: FeedItem = {
  id: 'https://ours.example/videos/watch/1',
  url: 'https://ours.example/videos/watch/1',
  title: 'One',
  summary: 'About it',
  author: 'Ada',
  publishedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
};
const feed: Feed = {
  id: 'https://ours.example/feed',
  title: 'Ours',
  description: 'The newest',
  url: 'https://ours.example/',
  items: [item],
};
const SELF = 'https://ours.example/videos.atom?channel=a&x=1';

test('a feed has all that RFC 4287 asks for, and is as new as its newest entry', () => {
  const newer = { ...item, id: 'https://ours.example/videos/watch/2', updatedAt: '2026-03-01T00:00:00.000Z' };
  expect(toAtom({ ...feed, items: [item, newer] }, SELF)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://ours.example/feed</id>
<title>Ours</title>
<subtitle>The newest</subtitle>
<updated>2026-03-01T00:00:00.000Z</updated>
<author><name>Ours</name></author>
<link rel="self" type="application/atom+xml" href="https://ours.example/videos.atom?channel=a&amp;x=1"/>
<link rel="alternate" type="text/html" href="https://ours.example/"/>
<entry>
<id>https://ours.example/videos/watch/1</id>
<title>One</title>
<published>2026-01-01T00:00:00.000Z</published>
<updated>2026-01-02T00:00:00.000Z</updated>
<author><name>Ada</name></author>
<link rel="alternate" type="text/html" href="https://ours.example/videos/watch/1"/>
<summary>About it</summary>
</entry>
<entry>
<id>https://ours.example/videos/watch/2</id>
<title>One</title>
<published>2026-01-01T00:00:00.000Z</published>
<updated>2026-03-01T00:00:00.000Z</updated>
<author><name>Ada</name></author>
<link rel="alternate" type="text/html" href="https://ours.example/videos/watch/1"/>
<summary>About it</summary>
</entry>
</feed>
`);
});

test('texts are escaped, and what XML cannot say is left out', () => {
  const title = '</title><script>&"\'\u0000\u000B\uD800\uFFFE😀ü';
  const text = toAtom({ ...feed, items: [{ ...item, title, url: 'https://x.example/"><b' }] }, SELF);
  expect(text).toContain('<title>&lt;/title&gt;&lt;script&gt;&amp;&quot;&apos;😀ü</title>');
  expect(text).toContain('href="https://x.example/&quot;&gt;&lt;b"');
});

test('a feed of nothing is a feed', () => {
  expect(toAtom({ ...feed, items: [] }, SELF)).toContain('<updated>1970-01-01T00:00:00.000Z</updated>');
});
