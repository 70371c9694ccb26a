import { expect, test } from '@jest/globals';
import { type Entry, type Feed, toAtom } from './atom.js';

const entry: Entry = {
  id: 'urn:uuid:1',
  url: 'https://ours.example/videos/watch/1',
  title: 'One',
  summary: 'About it',
  updatedAt: '2026-01-02T00:00:00.000Z',
};
const feed: Feed = {
  id: 'https://ours.example/feed',
  title: 'Ours',
  self: 'https://ours.example/events.atom?token=a&x=1',
  url: 'https://ours.example/',
  author: 'Us',
  entries: [entry],
};

test('a feed has all that RFC 4287 asks for, and is as new as its newest entry', () => {
  expect(toAtom(feed)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://ours.example/feed</id>
<title>Ours</title>
<updated>2026-01-02T00:00:00.000Z</updated>
<author><name>Us</name></author>
<link rel="self" type="application/atom+xml" href="https://ours.example/events.atom?token=a&amp;x=1"/>
<link rel="alternate" type="text/html" href="https://ours.example/"/>
<entry>
<id>urn:uuid:1</id>
<title>One</title>
<updated>2026-01-02T00:00:00.000Z</updated>
<link rel="alternate" type="text/html" href="https://ours.example/videos/watch/1"/>
<summary>About it</summary>
</entry>
</feed>
`);
});

test('texts are escaped, and what XML cannot say is left out', () => {
  const title = '</title><script>&"\'\u0000\u000B\uD800\uFFFE😀ü';
  const text = toAtom({ ...feed, entries: [{ ...entry, title, url: 'https://x.example/"><b' }] });
  expect(text).toContain('<title>&lt;/title&gt;&lt;script&gt;&amp;&quot;&apos;😀ü</title>');
  expect(text).toContain('href="https://x.example/&quot;&gt;&lt;b"');
});

test('a feed of nothing is a feed', () => {
  expect(toAtom({ ...feed, entries: [] })).toContain('<updated>1970-01-01T00:00:00.000Z</updated>');
});
