import { expect, test } from '@jest/globals';
import type { CacheFile } from '@vidiverse/federation';
import { offeredFile, offerFault } from './offer-rules.js';

const NOW = new Date('2026-11-25T12:00:00.000Z');
const OFFER: CacheFile = {
  type: 'CacheFile',
  id: 'https://cache.example/redundancy/videos/1/720-25',
  object: 'https://origin.example/videos/watch/1',
  expires: new Date(NOW.getTime() + 1000),
  copy: 'file',
  href: 'https://cache.example/static/redundancy/1.mp4',
  mediaType: 'video/mp4',
  height: 720,
  size: 1000,
  fps: 25,
};
const ACTOR = { type: 'Application' as const, host: 'cache.example' };
const fault = (fields: Partial<CacheFile>, actor: Partial<typeof ACTOR | { type: 'Person' }> = {}) =>
  offerFault({ ...OFFER, ...fields }, { ...ACTOR, ...actor }, false, NOW);

test('an instance offers what it serves itself', () => {
  expect(fault({})).toBeNull();
  expect(fault({ expires: null })).toBeNull();
});

test.each<[string, Partial<CacheFile>, RegExp]>([
  ['a copy at another host', { href: 'https://victim.example/1.mp4' }, /another server/],
  ['a copy at another port', { href: 'https://cache.example:8443/1.mp4' }, /another server/],
  ['a copy at a host below its own', { href: 'https://x.cache.example/1.mp4' }, /another server/],
  ['what another server named', { id: 'https://other.example/1' }, /another server/],
  ['a copy by http', { href: 'http://cache.example/1.mp4' }, /https/],
  ['an address with a fragment', { href: 'https://cache.example/1.mp4#t=1' }, /fragment/],
  ['what is over', { expires: NOW }, /over/],
  ['HLS', { copy: 'playlist' }, /HLS/],
])('it does not offer %s', (_what, fields, why) => {
  expect(fault(fields)).toMatch(why);
});

test('people and channels offer nothing', () => {
  expect(fault({}, { type: 'Person' })).toMatch(/Only instances/);
});

test('among peers of one machine http will do', () => {
  const href = 'http://cache.example/1.mp4';
  expect(offerFault({ ...OFFER, href }, ACTOR, true, NOW)).toBeNull();
});

test('the file is the one of that height, size and type; the frame rate tells two such apart', () => {
  const file = { height: 720, size: 1000, mediaType: 'video/mp4', fps: 25 };
  const other = { ...file, fps: 30 };
  expect(offeredFile(OFFER, [other, file])).toBe(file);
  expect(offeredFile({ ...OFFER, fps: 24.98 }, [other, file])).toBe(file);
  expect(offeredFile({ ...OFFER, fps: null }, [other])).toBe(other);
  for (const wrong of [{ height: 360 }, { size: 999 }, { mediaType: 'video/webm' }])
    expect(offeredFile(OFFER, [{ ...file, ...wrong }])).toBeNull();
});
