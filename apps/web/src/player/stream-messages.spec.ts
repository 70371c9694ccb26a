import { expect, test } from '@jest/globals';
import { headStartQuery, readHeadStart } from './stream-messages';

const HEAD = { seed: 'https://video.example/a.mp4', size: 1000, mediaType: 'video/mp4' } as const;
const read = (changes: Record<string, string>) =>
  readHeadStart(new URLSearchParams({ seed: HEAD.seed, size: '1000', type: 'video/mp4', ...changes }));

test('what the page writes is read', () => {
  expect(readHeadStart(new URLSearchParams(headStartQuery(HEAD)))).toEqual(HEAD);
});

test.each([
  ['a page', { type: 'text/html' }],
  ['a drawing with scripts', { type: 'image/svg+xml' }],
  ['no type', { type: '' }],
  ['a script as an address', { seed: 'javascript:alert(1)' }],
  ['content within the address', { seed: 'data:video/mp4,x' }],
  ['no address', { seed: '' }],
  ['no size', { size: '' }],
  ['half a byte', { size: '0.5' }],
  ['less than nothing', { size: '-1' }],
])('%s is no head start', (_what, changes) => {
  expect(read(changes)).toBeNull();
});
