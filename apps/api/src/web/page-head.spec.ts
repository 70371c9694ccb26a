import { expect, test } from '@jest/globals';
import type { VideoView } from '../videos/dto/video-view.js';
import { siteHead, videoHead } from './page-head.js';
import { writeHead } from './page-head-writer.js';

const config = {
  url: 'https://videos.example',
  instance: { name: 'A <b>site</b>', shortDescription: 'It"s', description: '', sampleVideo: false },
};
const video = (name: string) =>
  ({
    name,
    truncatedDescription: name,
    url: 'https://videos.example/videos/watch/1',
    previewPath: '/lazy-static/previews/1.jpg',
    privacy: { id: 1, label: 'Public' },
    publishedAt: '2026-01-01T00:00:00.000Z',
    duration: 20,
    views: 3,
    channel: { name: 'sea', host: 'videos.example' },
  }) as VideoView;

test.each([
  '"><script>alert(1)</script>',
  '</title><script>',
  '</script><script>alert(1)</script>',
  "' onload='x",
  '<!--',
])('the title %j stays text in tags, attributes and JSON-LD', (name) => {
  const head = writeHead(videoHead(video(name), config));
  const [tags] = head.split('<script');
  expect(tags).not.toContain(name);
  expect(head.match(/<script/g)).toHaveLength(1);
  const json = /<script type="application\/ld\+json">(.*)<\/script>/.exec(head)![1]!;
  expect(JSON.parse(json)).toMatchObject({ name, duration: 'PT20S' });
});

test('yt-dlp finds the mark it looks for, on the site and on a video', () => {
  for (const head of [siteHead(config), videoHead(video('A video'), config)].map(writeHead)) {
    expect(head).toContain('<meta property="og:platform" content="PeerTube">');
  }
});
