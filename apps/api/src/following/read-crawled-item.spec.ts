import { expect, test } from '@jest/globals';
import type { JsonObject } from '@vidiverse/federation';
import { readCrawledItem } from './read-crawled-item.js';

const VIDEO = 'https://peer.example/videos/watch/1';
const ACTIVITY = `${VIDEO}/activity`;

test.each<[string, string | JsonObject, ReturnType<typeof readCrawledItem>]>([
  ['a bare URL', VIDEO, { type: 'Create', activityUrl: null, videoUrl: VIDEO }],
  [
    'a Create with its video, as PeerTube 6 lists it',
    { type: 'Create', id: ACTIVITY, object: { type: 'Video', id: VIDEO } },
    { type: 'Create', activityUrl: ACTIVITY, videoUrl: VIDEO },
  ],
  [
    'a Create with the id alone, as PeerTube 8 lists it',
    { type: ['Create'], id: ACTIVITY, object: VIDEO },
    { type: 'Create', activityUrl: ACTIVITY, videoUrl: VIDEO },
  ],
  [
    'an Announce without an id',
    { type: 'Announce', object: VIDEO },
    { type: 'Announce', activityUrl: null, videoUrl: VIDEO },
  ],
  ['a Like', { type: 'Like', id: ACTIVITY, object: VIDEO }, null],
  ['what has no type', { id: ACTIVITY, object: VIDEO }, null],
  ['what is about nothing', { type: 'Create', id: ACTIVITY }, null],
  ['an object without an id', { type: 'Create', object: { type: 'Video' } }, null],
  ['another scheme', { type: 'Create', object: 'file:///etc/passwd' }, null],
])('%s in an outbox', (_, item, read) => {
  expect(readCrawledItem(item)).toEqual(read);
});
