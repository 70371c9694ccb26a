import { expect, test } from '@jest/globals';
import { listedSeeds } from './listed-seeds.js';
import type { WebSeedEntity } from './web-seed.entity.js';

const NOW = new Date('2026-11-25T12:00:00.000Z');
const seed = (url: string, fields: Partial<WebSeedEntity> = {}) => ({
  url,
  state: 'listed' as const,
  expiresAt: null,
  throughput: 1000,
  failureRate: 0,
  ...fields,
});
const urls = (...seeds: Array<ReturnType<typeof seed>>) => listedSeeds(seeds, NOW).map(({ url }) => url);

test('the fast come first, and the unreliable late', () => {
  expect(
    urls(
      seed('slow', { throughput: 10 }),
      seed('flaky', { throughput: 2000, failureRate: 0.5 }),
      seed('fast'),
    ),
  ).toEqual(['fast', 'flaky', 'slow']);
});

test('only those that were found good, whose time is not over', () => {
  expect(
    urls(
      seed('unchecked', { state: 'unchecked' }),
      seed('quarantined', { state: 'quarantined' }),
      seed('dropped', { state: 'dropped' }),
      seed('over', { expiresAt: NOW }),
      seed('good', { expiresAt: new Date(NOW.getTime() + 1) }),
    ),
  ).toEqual(['good']);
});

test('a file whose seeds were not asked for has none', () => {
  expect(listedSeeds(undefined)).toEqual([]);
});
