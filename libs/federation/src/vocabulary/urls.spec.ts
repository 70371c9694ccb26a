import { describe, expect, it } from '@jest/globals';
import { hostOf, linkUrl, normalizeHost, sameOrigin, webUrl, withoutFragment } from './urls.js';

describe('a URL of the web', () => {
  it.each([
    'https://video.example/videos/watch/1',
    'http://localhost:9001/inbox',
    'https://video.example/a?b=c#main-key',
    'https://bücher.example/é',
  ])('is kept as it came: %s', (url) => {
    expect(webUrl(url)).toBe(url);
  });

  it.each([
    'unix:/run/app.sock',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'ftp://video.example/',
    'https://user@video.example/',
    'https://user:password@video.example/',
    'https://video.example\\@evil.example/',
    'https://video.example/\tx',
    'https://video.example/\r\nHost: evil.example',
    ' https://video.example/',
    'https:video.example',
    'https:///video.example/',
    'https://',
    '//video.example/',
    '/videos/1',
    '',
    `https://video.example/${'x'.repeat(2000)}`,
  ])('is not %j', (url) => {
    expect(webUrl(url)).toBeNull();
  });

  it.each([null, undefined, 1, {}, { href: 'https://video.example/' }, ['https://video.example/']])(
    'is not %j',
    (value) => {
      expect(webUrl(value)).toBeNull();
    },
  );

  it('may be a magnet or a web socket only where a video has its links', () => {
    for (const url of ['magnet:?xt=urn:btih:abc', 'wss://video.example/tracker/socket']) {
      expect(webUrl(url)).toBeNull();
      expect(linkUrl(url)).toBe(url);
    }
    expect(linkUrl('javascript:alert(1)')).toBeNull();
  });
});

describe('a host', () => {
  it.each([
    ['https://EXAMPLE.com/a', 'example.com'],
    ['https://example.com./a', 'example.com'],
    ['https://example.com:443/a', 'example.com'],
    ['http://example.com:80/a', 'example.com'],
    ['https://example.com:8443/a', 'example.com:8443'],
    ['https://bücher.example/a', 'xn--bcher-kva.example'],
    ['https://XN--BCHER-KVA.example/a', 'xn--bcher-kva.example'],
    ['https://example.com.evil.example/a', 'example.com.evil.example'],
    ['https://ex\u0430mple.com/a', 'xn--exmple-4nf.com'],
    ['https://127.1/a', '127.0.0.1'],
    ['https://[::FFFF:127.0.0.1]/a', '[::ffff:7f00:1]'],
  ])('of %s is %s', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  it('is the same however often it was asked for', () => {
    const url = 'https://b\u00fccher.example/a';
    const hosts = new Set(Array.from({ length: 50_000 }, () => hostOf(url)));
    expect([...hosts]).toEqual(['xn--bcher-kva.example']);
  });

  it('as people write it is the same', () => {
    expect(normalizeHost('EXAMPLE.com.')).toBe('example.com');
    expect(normalizeHost('bücher.example:443')).toBe('xn--bcher-kva.example');
    expect(normalizeHost('localhost:9001')).toBe('localhost:9001');
  });

  it.each(['example.com/a', 'user@example.com', '', '..', 'example.com?x', 'a b.example'])(
    'is not %j',
    (host) => {
      expect(normalizeHost(host)).toBeNull();
    },
  );
});

describe('two URLs', () => {
  it.each([
    ['https://Example.com/a', 'https://example.com:443/b', true],
    ['https://example.com./a', 'https://example.com/b', true],
    ['https://bücher.example/a', 'https://xn--bcher-kva.example/b', true],
    ['http://example.com/a', 'https://example.com/a', false],
    ['https://example.com:8443/a', 'https://example.com/a', false],
    ['https://example.com.evil.example/a', 'https://example.com/a', false],
    ['https://ex\u0430mple.com/a', 'https://example.com/a', false],
    ['nonsense', 'nonsense', false],
  ])('%s and %s are of one server: %s', (a, b, same) => {
    expect(sameOrigin(a, b)).toBe(same);
  });

  it('of an actor and its key differ by the fragment', () => {
    expect(withoutFragment('https://example.com/a#main-key')).toBe('https://example.com/a');
  });
});
