import { expect, test } from '@jest/globals';
import { parseVideoId, toShortUuid } from './short-uuid.js';

const UUID = '700377b8-65a1-49ee-ac00-88eb6fd77e5d';

test('a short UUID is the one PeerTube makes, and leads back', () => {
  expect(toShortUuid(UUID)).toBe('eQfxDNf6ezcYCUqBNPYqw2');
  expect(parseVideoId('eQfxDNf6ezcYCUqBNPYqw2')).toEqual({ uuid: UUID });
});

test('a video is named by number, UUID in any case, or short UUID', () => {
  expect(parseVideoId('42')).toEqual({ id: 42 });
  expect(parseVideoId(UUID.toUpperCase())).toEqual({ uuid: UUID });
});

test.each(['', '0', '-1', '1e3', 'nope', `${UUID}x`, "1' OR 1=1", 'zzzzzzzzzzzzzzzzzzzzzz', '9'.repeat(40)])(
  '%j names no video',
  (text) => {
    expect(parseVideoId(text)).toBeNull();
  },
);
