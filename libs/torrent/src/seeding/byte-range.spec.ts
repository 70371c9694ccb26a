import { describe, expect, it } from '@jest/globals';
import { parseRange } from './byte-range.js';

const SIZE = 1000;

describe('a Range header', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=990-', { start: 990, end: 999 }],
    ['bytes=990-5000', { start: 990, end: 999 }],
    ['bytes=-10', { start: 990, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    [`bytes=0-${'9'.repeat(400)}`, { start: 0, end: 999 }],
    ['Bytes= 1-2 ', { start: 1, end: 2 }],
  ])('%s is one range', (header, range) => {
    expect(parseRange(header, SIZE)).toEqual(range);
  });

  it.each(['bytes=1000-', 'bytes=20-10', 'bytes=-0', 'bytes=-', `bytes=${'9'.repeat(400)}-`])(
    '%s cannot be satisfied',
    (header) => {
      expect(parseRange(header, SIZE)).toBeNull();
    },
  );

  it.each([
    undefined,
    '',
    'items=0-1',
    'bytes=a-b',
    'bytes=0-1,5-6',
    `bytes=${Array(1000).fill('0-0').join(',')}`,
  ])('is ignored when it is %s', (header) => {
    expect(parseRange(header, SIZE)).toBeUndefined();
  });

  it('cannot be satisfied by an empty file', () => {
    for (const header of ['bytes=0-', 'bytes=-1', 'bytes=0-0']) expect(parseRange(header, 0)).toBeNull();
  });
});
