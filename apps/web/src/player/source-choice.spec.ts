import { expect, test } from '@jest/globals';
import { chooseSource, type Need } from './source-choice';

const options = { urgent: 6, healthy: 30, joinGrace: 5 };
const choose = (need: Partial<Need>) =>
  chooseSource({ starving: false, bufferedAhead: 15, peersHaveIt: true, inSwarmFor: 60, ...need }, options);

test('at the start, after a seek and in a stall a seed is asked at once', () => {
  expect(choose({ starving: true })).toBe('seed');
  expect(choose({ bufferedAhead: 2 })).toBe('seed');
});

test('once the buffer is healthy peers come before seeds', () => {
  expect(choose({})).toBe('wait');
  expect(choose({ bufferedAhead: 7 })).toBe('wait');
});

test('a swarm that was just joined gets a moment to connect', () => {
  expect(choose({ peersHaveIt: false, inSwarmFor: 1 })).toBe('wait');
  expect(choose({ peersHaveIt: false, inSwarmFor: 6 })).toBe('seed');
});

test('without peers a seed fills the buffer until it is healthy, not further', () => {
  expect(choose({ peersHaveIt: false, inSwarmFor: null })).toBe('seed');
  expect(choose({ peersHaveIt: false, inSwarmFor: null, bufferedAhead: 31 })).toBe('wait');
});
