import { expect, test } from '@jest/globals';
import { handleOf, parseStart, safeNext, toStart } from './links';

test.each([
  ['90', 90],
  ['90s', 90],
  ['1m30s', 90],
  ['1h2m3s', 3723],
  ['2m', 120],
])('?start=%s means %i seconds', (text, seconds) => {
  expect(parseStart(text)).toBe(seconds);
});

test.each(['', 'x', '-5', '1m30x', '1e9', ['90'], undefined, '99999999999'])(
  '?start=%j means nothing',
  (text) => {
    expect(parseStart(text)).toBeUndefined();
  },
);

test.each([0, 59, 60, 3600, 3723])('%i seconds survive a link', (seconds) => {
  expect(parseStart(toStart(seconds))).toBe(seconds);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  undefined,
  ['/x'],
])('a login never leads to %j', (next) => {
  expect(safeNext(next)).toBe('/');
});

test('a login leads back to a page of this site', () => {
  expect(safeNext('/videos/update/1?x=1')).toBe('/videos/update/1?x=1');
});

test('a handle names its host only when that is another', () => {
  const actor = { id: 1, name: 'ada', displayName: 'Ada', url: '', host: 'here.example' };
  expect(handleOf(actor, 'here.example')).toBe('ada');
  expect(handleOf(actor, 'there.example')).toBe('ada@here.example');
});
