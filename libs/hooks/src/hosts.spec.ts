import { expect, test } from '@jest/globals';
import { hostMatcher, parentsOf, readHost, readHostPattern } from './hosts.js';

test.each([
  ['Videos.Example.ORG.', 'videos.example.org'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['example.org:443', 'example.org'],
  ['example.org:8080', 'example.org:8080'],
  ['127.0.0.1:9000', '127.0.0.1:9000'],
  ['[::1]:9000', '[::1]:9000'],
])('%s is the host %s', (written, host) => {
  expect(readHost(written)).toBe(host);
});

test.each([
  ['', 'localhost', '42', '1.2', 'https://example.org', 'example.org/path', 'a@example.org', 'a b.example'],
  [
    '<script>.example',
    'a,b.example',
    'a..example',
    `${'x'.repeat(300)}.example`,
    'example.org:99999',
    null,
    7,
    {},
  ],
])('what is no host is none', (...written) => {
  expect(written.map(readHost)).toEqual(written.map(() => null));
});

test.each([
  ['example.org', 'example.org', true],
  ['example.org', 'example.org:8080', true],
  ['example.org:8080', 'example.org:8081', false],
  ['example.org', 'sub.example.org', false],
  ['*.example.org', 'sub.example.org:8080', true],
  ['*.example.org', 'a.b.example.org', true],
  ['*.example.org', 'example.org', false],
  ['*.example.org', 'badexample.org', false],
])('%s and %s: %s', (pattern, host, isMatch) => {
  expect(hostMatcher(['other.example', pattern])(host)).toBe(isMatch);
});

test('a pattern is a host, or all below one', () => {
  const written = ['Example.org', '*.Example.org', '*.*.example.org', '*', '*.', 'ex*mple.org', 5];
  expect(written.map(readHostPattern)).toEqual([
    'example.org',
    '*.example.org',
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('a host is below its domains, and an address below none', () => {
  expect(parentsOf('a.b.example:8080')).toEqual(['b.example', 'example']);
  expect([parentsOf('127.0.0.1:8080'), parentsOf('[::1]')]).toEqual([[], []]);
});
