import { expect, test } from '@jest/globals';
import { ViewLimit } from './view-limit.js';

const HOUR = 3600_000;

test('an instance tells so many views of a video in an hour, whatever it tells of others', () => {
  let now = 0;
  const limit = new ViewLimit(2, () => now);
  const take = (host: string, videoId: number) => limit.take(host, videoId);
  expect([take('a.example', 1), take('a.example', 1), take('a.example', 1)]).toEqual([true, true, false]);
  expect([take('b.example', 1), take('a.example', 2)]).toEqual([true, true]);
  now += HOUR;
  expect(take('a.example', 1)).toBe(true);
});
