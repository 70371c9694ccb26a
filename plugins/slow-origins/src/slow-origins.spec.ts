import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { later, MIB, setUp, useClock } from './testing/set-up.js';

beforeEach(useClock);
afterEach(() => void jest.useRealTimers());

describe('what a strategy may take', () => {
  test('has first what is watched while its origin is slow; the strategy of the plugin has nothing else', async () => {
    const { watch, line, rank } = setUp();
    await watch('fast@fast.example');
    line.speed = 0.5 * MIB;
    await watch('slow@slow.example');
    const all = ['quiet@slow.example', 'fast@fast.example', 'slow@slow.example'];
    expect(await rank('popular', ...all)).toEqual([
      ['quiet@slow.example', 0],
      ['fast@fast.example', 0],
      ['slow@slow.example', 100],
    ]);
    expect(await rank('slow-origins', ...all)).toEqual([['slow@slow.example', 100]]);
  });

  test('is nobody’s business while too few watch, and when the window is over', async () => {
    const { watch, line, rank, http } = setUp({ viewers: 2, windowMinutes: 60 });
    line.speed = MIB / 2;
    await watch('a@slow.example', 1);
    expect(await rank('slow-origins', 'a@slow.example')).toEqual([]);
    expect(http.asked).toEqual([]);
    await watch('a@slow.example', 1);
    expect(await rank('slow-origins', 'a@slow.example')).toHaveLength(1);
    later(60);
    expect(await rank('slow-origins', 'a@slow.example')).toEqual([]);
  });

  test.each([
    ['twice its bit rate', {}, 1.1, 0.9],
    ['so many times its bit rate as is set', { timesBitRate: 10 }, 5.5, 4.5],
    ['the speed that is set', { slowBelow: 3 * MIB }, 3.3, 2.7],
  ])('is judged by %s', async (_, given, fast, slow) => {
    for (const [speed, found] of [
      [fast, 0],
      [slow, 1],
    ] as const) {
      const { watch, line, rank } = setUp(given);
      line.speed = speed * MIB;
      await watch('a@some.example');
      expect(await rank('slow-origins', 'a@some.example')).toHaveLength(found);
    }
  });

  test('is not asked about videos of this instance', async () => {
    const { views, jobs, state } = setUp();
    await views('a@ours.example', 5, true);
    expect([jobs.waiting, (await state()).watched.total]).toEqual([[], 0]);
  });
});

describe('what is remembered', () => {
  test('is bounded, and the last ones stay', async () => {
    const { watch, state, line } = setUp({ mostVideos: 3, mostOrigins: 2 });
    line.speed = 10 * MIB;
    for (const name of ['a', 'b', 'c', 'd']) await watch(`v@${name}.example`);
    const { watched, origins } = await state();
    expect(watched.data.map(({ host }) => host)).toEqual(['d.example', 'c.example', 'b.example']);
    expect(origins.data.map(({ host }) => host)).toEqual(['d.example', 'c.example']);
  });

  test('of an origin is forgotten after a day', async () => {
    const { watch, speeds, state } = setUp();
    await watch('a@some.example');
    later(24 * 60);
    expect(await speeds.get('some.example')).toBeUndefined();
    expect((await state()).origins.total).toBe(0);
  });

  test('is shown with the reason', async () => {
    const { watch, line, state } = setUp();
    line.speed = MIB / 2;
    await watch('a@slow.example', 3);
    expect(await state()).toEqual({
      watched: {
        total: 1,
        data: [
          {
            ...{ uuid: 'a@slow.example', name: 'a@slow.example', host: 'slow.example', viewers: 3 },
            ...{ isWatched: true, isSlow: true, needs: MIB },
            why: expect.stringMatching(/^Its origin gives \d+ bytes per second; below 1048576 it is slow\.$/),
          },
        ],
      },
      origins: {
        total: 1,
        data: [
          {
            ...{ host: 'slow.example', speed: expect.any(Number), measures: 1, problem: null, failed: false },
            measuredAt: expect.stringMatching(/^2026-11-01T/),
          },
        ],
      },
    });
  });
});
