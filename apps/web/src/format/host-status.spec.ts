import { expect, test } from '@jest/globals';
import type { DeliveryHost } from '../api/federation-types';
import { hostStatus, hostTrouble, nextTry } from './host-status';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const minutesFromNow = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const host = (fields: Partial<DeliveryHost> = {}): DeliveryHost => ({
  host: 'video.example',
  state: 'healthy',
  waiting: 0,
  waitingSince: null,
  refused: 0,
  dropped: 0,
  failures: 0,
  failingSince: null,
  nextAttemptAt: null,
  lastSuccessAt: null,
  lastError: null,
  ...fields,
});

test('a host that has everything is without trouble', () => {
  expect(hostStatus(host())).toBe('Nothing waits.');
  expect(hostTrouble(host())).toBeNull();
  expect(nextTry(host({ nextAttemptAt: minutesFromNow(5) }), NOW)).toBeNull();
});

test('a host that is down says what waits, why, and what comes next', () => {
  const down = host({ state: 'failing', waiting: 1, waitingSince: new Date().toISOString(), failures: 3 });
  expect(hostStatus(down)).toBe('1 delivery waiting, the oldest from just now.');
  expect(hostTrouble({ ...down, lastError: 'It does not answer.' })).toBe(
    'Failed 3 times in a row: It does not answer.',
  );
  expect(nextTry({ ...down, nextAttemptAt: minutesFromNow(5) }, NOW)).toBe('Next try in 5 minutes.');
  expect(nextTry({ ...down, nextAttemptAt: minutesFromNow(0.5) }, NOW)).toBe('Next try within a minute.');
  expect(nextTry({ ...down, nextAttemptAt: minutesFromNow(-1) }, NOW)).toBe('Tried right now.');
});

test('a paused host says that only a resume ends it', () => {
  expect(nextTry(host({ state: 'paused', waiting: 2 }), NOW)).toContain('until you resume');
});
