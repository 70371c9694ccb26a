import { expect, test } from '@jest/globals';
import type { CacheStrategy } from '../api/caching-types';
import { readForm, type StrategyForm, toForm } from './strategy-form';

const read = (fields: Partial<StrategyForm>, others: string[] = []) =>
  readForm({ ...toForm(), ...fields }, others);
const problemsOf = (fields: Partial<StrategyForm>, others?: string[]) => {
  const answer = read(fields, others);
  return 'problems' in answer ? answer.problems : {};
};

test.each<CacheStrategy>([
  { kind: 'most-views', name: 'most-views', budget: 10 * 1024 ** 3, minLifetime: 36_000, minViews: 5 },
  { kind: 'recently-added', name: 'newest', budget: 5_000_001, minLifetime: 90 },
  {
    kind: 'channels',
    name: 'friends',
    budget: 2e12,
    minLifetime: 0,
    channels: ['a@b.example', 'c@d.example'],
  },
  { kind: 'instance', name: 'instance', budget: 3e6, minLifetime: 172_800, host: 'video.example:9000' },
])('a strategy that is opened and not changed stays as it is: $name', (strategy) => {
  expect(readForm(toForm(strategy), [])).toEqual({ strategy });
});

test('a new strategy is called after its kind, and keeps nothing of other kinds', () => {
  expect(read({ kind: 'trending', budget: '1.5', minViews: '7', host: 'video.example' })).toEqual({
    strategy: { kind: 'trending', name: 'trending', budget: 1.5e9, minLifetime: 36_000 },
  });
});

test.each<[string, Partial<StrategyForm>]>([
  ['name', { name: 'Not a name' }],
  ['name', { name: 'manual' }],
  ['name', { name: 'taken' }],
  ['budget', { budget: '' }],
  ['budget', { budget: '1', budgetUnit: 'mb' }],
  ['budget', { budget: 'ten' }],
  ['lifetime', { lifetime: '-1' }],
  ['minViews', { minViews: '1.5' }],
  ['channels', { kind: 'channels', channels: '' }],
  ['channels', { kind: 'channels', channels: 'video.example' }],
  ['host', { kind: 'instance', host: 'not a host' }],
  ['host', { kind: 'instance', host: 'name@video.example' }],
])('what cannot be is said beside its field: %s of %j', (field, fields) => {
  expect(Object.keys(problemsOf(fields, ['taken']))).toEqual([field]);
});
