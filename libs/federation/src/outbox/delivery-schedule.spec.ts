import { describe, expect, it } from '@jest/globals';
import { DeliverySchedule } from './delivery-schedule.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const OPTIONS = { firstDelay: 30 * SECOND, maxDelay: DAY, breakerAfter: 5, breakerProbe: 30 * MINUTE };
const ALMOST_ONE = 1 - Number.EPSILON;

const schedule = (random: number) => new DeliverySchedule(OPTIONS, () => random);
const delays = (random: number, answers = false) =>
  Array.from({ length: 20 }, (_, failures) => schedule(random).delayAfter(failures + 1, answers));

describe('the delay after failures', () => {
  it('doubles from half a minute up to a day, and is half an hour at least from the fifth failure on', () => {
    const minutes = delays(0).map((delay) => delay / MINUTE);
    expect(minutes.slice(0, 12)).toEqual([0.5, 1, 2, 4, 30, 30, 32, 64, 128, 256, 512, 1024]);
    expect(minutes.slice(12)).toEqual(Array(8).fill(1440));
  });

  it('is spread by chance, within a fifth, and never beyond a day or below what the breaker asks', () => {
    const [least, most] = [delays(ALMOST_ONE), delays(0)];
    expect(least.slice(0, 4)).toEqual([24, 48, 96, 192].map((seconds) => seconds * SECOND));
    expect(least[4]).toBe(36 * MINUTE);
    for (const delay of [...least, ...most].slice(4)) expect(delay).toBeLessThanOrEqual(DAY);
    for (const list of [least, most])
      for (const delay of list.slice(4)) expect(delay).toBeGreaterThanOrEqual(OPTIONS.breakerProbe);
  });

  it('stays at half an hour for a host that answers, though with errors', () => {
    expect(delays(0, true).slice(-1)).toEqual([30 * MINUTE]);
  });
});

describe('the pause that a host asks for', () => {
  it('is granted within bounds', () => {
    const pause = (asked: number, failures = 0) => schedule(0).pauseFor(asked, failures);
    expect(pause(5 * MINUTE)).toBe(5 * MINUTE);
    expect(pause(0)).toBe(30 * SECOND);
    expect(pause(7 * DAY)).toBe(DAY);
  });

  it('does not make the breaker probe sooner', () => {
    expect(schedule(0).pauseFor(MINUTE, 5)).toBe(30 * MINUTE);
  });
});
