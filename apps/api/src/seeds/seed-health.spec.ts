import { expect, test } from '@jest/globals';
import { healthAfterFailure, healthAfterSuccess, newHealth, type SeedHealth } from './seed-health.js';

const OPTIONS = { checkInterval: 3600_000, retryDelay: 60_000, maxErrors: 3 };
const NOW = new Date('2026-11-25T12:00:00.000Z');
const fail = (health: SeedHealth, reason = 'silence') => healthAfterFailure(health, reason, OPTIONS, NOW);
const succeed = (health: SeedHealth, speed = 1000) => healthAfterSuccess(health, speed, OPTIONS, NOW);
const secondsUntilCheck = ({ checkDueAt }: SeedHealth) =>
  checkDueAt && (checkDueAt.getTime() - NOW.getTime()) / 1000;

test('a seed that is new is looked at now, and shown to nobody before', () => {
  expect(newHealth(NOW)).toMatchObject({ state: 'unchecked', checkDueAt: NOW });
});

test('a seed that is well is listed and looked at again after the interval', () => {
  const health = succeed(newHealth(NOW), 5000);
  expect(health).toMatchObject({ state: 'listed', throughput: 5000, checkedAt: NOW, lastError: null });
  expect(secondsUntilCheck(health)).toBe(3600);
});

test('the first failure takes it off the list; each further one doubles the pause, and the last drops it', () => {
  const first = fail(succeed(newHealth(NOW)), 'wrong bytes');
  expect(first).toMatchObject({ state: 'quarantined', errors: 1, lastError: 'wrong bytes' });
  const second = fail(first);
  expect([first, second].map(secondsUntilCheck)).toEqual([60, 120]);
  expect(fail(second)).toMatchObject({ state: 'dropped', checkDueAt: null });
});

test('a success brings it back, with the memory of its failures', () => {
  const back = succeed(fail(succeed(newHealth(NOW))));
  expect(back).toMatchObject({ state: 'listed', errors: 0 });
  expect(back.failureRate).toBeGreaterThan(0);
  expect(succeed(back).failureRate).toBeLessThan(back.failureRate);
});

test('the pause is never longer than the interval', () => {
  const patient = { ...OPTIONS, maxErrors: 100 };
  let health = newHealth(NOW);
  for (let turn = 0; turn < 20; turn += 1) health = healthAfterFailure(health, 'silence', patient, NOW);
  expect(secondsUntilCheck(health)).toBe(3600);
});

test('the newest measurement counts, and not alone', () => {
  const { throughput } = succeed(succeed(newHealth(NOW), 1000), 2000);
  expect(throughput).toBe(1300);
});
