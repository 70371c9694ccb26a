import { expect, it } from '@jest/globals';
import { Trail } from './redirects.js';

const follow = (from: string, location: string, allowPrivate: boolean) => {
  const trail = new Trail(from, 3, allowPrivate);
  trail.follow({ status: 302, headers: { location } });
  return trail.url.href;
};

it('a redirect may lead to https, and never from it', () => {
  const [secure, plain] = ['https://peer.example/', 'http://peer.example/'];
  expect(follow(plain, secure, true)).toBe(secure);
  expect(() => follow(secure, plain, true)).toThrow('leaves https');
  expect(() => follow(secure, plain, false)).toThrow('begins with http:');
});

it('a relative redirect is read like an absolute one', () => {
  expect(follow('https://peer.example/a/b', '../c#d', false)).toBe('https://peer.example/c');
  for (const location of [
    '//user@peer.example/',
    '//127.0.0.1/',
    '/\\other.example/',
    '/a b',
    '//localhost/',
  ]) {
    expect(() => follow('https://peer.example/a', location, false)).toThrow();
  }
});

it('an answer that is no redirect ends the way', () => {
  const trail = new Trail('https://peer.example/', 3, false);
  for (const status of [200, 201, 300, 304, 305, 306, 404]) {
    expect(trail.follow({ status, headers: { location: 'https://other.example/' } })).toBe(false);
  }
  expect(trail.url.href).toBe('https://peer.example/');
});
