import { expect, test } from '@jest/globals';
import type { CachedCopy } from '../api/caching-types';
import { copyFacts, copySources, copyStatus, copyTrouble } from './cached-files';

const copy = (fields: Partial<CachedCopy> = {}): CachedCopy => ({
  id: 1,
  video: { uuid: 'u', name: 'A video', url: 'https://video.example/v', host: 'video.example' },
  resolution: 720,
  size: 4e6,
  strategy: 'manual',
  reason: 'An administrator chose it.',
  state: 'fetching',
  documentUrl: null,
  documentSignedBy: null,
  verifiedBytes: 1e6,
  bytesFrom: {},
  badSeeds: [],
  servedBytes: 0,
  error: null,
  fileUrl: null,
  createdAt: '2026-11-24T12:00:00Z',
  cachedAt: null,
  expiresAt: null,
  ...fields,
});

test('a copy says what it is of, and how far it is', () => {
  expect(copyFacts(copy())).toBe('from video.example · 720p · 4.0 MB · chosen by hand');
  expect(copyStatus(copy())).toBe('1.0 MB of 4.0 MB are here and proven.');
  expect(copyTrouble(copy())).toBeNull();
});

test('a copy that could not be had says why, and whether it is tried again', () => {
  expect(copyTrouble(copy({ error: 'Nobody has it.' }))).toBe('The last try failed: Nobody has it.');
  expect(copyTrouble(copy({ state: 'failed', error: 'Nobody has it.' }))).toBe('Nobody has it.');
});

test('bytes are counted by the host that sent them, the most first', () => {
  const bytesFrom = { 'https://a.example/1': 1, 'https://b.example/1': 5, 'https://a.example/2': 2 };
  expect(copySources({ bytesFrom })).toEqual([
    ['b.example', 5],
    ['a.example', 3],
  ]);
});
