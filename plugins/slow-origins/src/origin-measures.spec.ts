import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { PluginHttpError } from '@vidiverse/hooks';
import { FILE, later, MIB, seedOf, setUp, useClock } from './testing/set-up.js';

beforeEach(useClock);
afterEach(() => void jest.useRealTimers());

describe('an origin', () => {
  test('is asked for a piece of the file where it serves it itself, and once in the interval', async () => {
    const { watch, http, jobs, line } = setUp({ sampleKib: 512, measureEveryMinutes: 15 });
    line.speed = 10 * MIB;
    await watch('a@some.example');
    await watch('a@some.example');
    await watch('b@some.example');
    await jobs.tick();
    await jobs.runWaiting();
    expect(http.asked.map(({ url }) => url)).toEqual([seedOf('a@some.example'), seedOf('a@some.example')]);
    const [from, to] = /\d+-\d+/.exec(http.asked[1]!.headers.range!)![0].split('-').map(Number);
    expect(to! - from! + 1).toBe(512 * 1024);
    expect(to).toBeLessThan(FILE.size);
    later(15);
    await jobs.tick();
    await jobs.runWaiting();
    expect(http.asked).toHaveLength(4);
  });

  test('that was fast is slow after one slow answer, and fast again after some fast ones', async () => {
    const { watch, line, rank, rounds, jobs } = setUp();
    const measured = async (speed: number) => {
      line.speed = speed * MIB;
      await rounds.measureAll();
      await jobs.runWaiting();
      return (await rank('slow-origins', 'a@some.example')).length === 1 ? 'slow' : 'fast';
    };
    await watch('a@some.example');
    expect(await measured(0.2)).toBe('slow');
    expect(await measured(10)).toBe('slow');
    expect(await measured(10)).toBe('fast');
  });

  test.each([
    ['is too late', new PluginHttpError('timeout', 'It took too long.', true), true, /took too long/],
    ['does not answer', new PluginHttpError('unreachable', 'No answer.', true), true, /No answer/],
    ['is overloaded', { status: 503 }, true, /status 503/],
    ['does not have the file', { status: 404 }, false, /status 404/],
    ['knows no ranges', { status: 200, body: 'x' }, false, /status 200/],
    ['gives less than it says', { status: 206, body: '' }, false, /0 of 1 bytes/],
    ['must not be asked', new PluginHttpError('refused', 'It is private.', false), false, /private/],
  ])('that %s says so; it is slow only when viewers get nothing, too', async (_, answer, isSlow, why) => {
    const { watch, http, rank, state } = setUp();
    http.answer = () => answer;
    expect(await watch('a@some.example')).toBe(0);
    expect(await rank('slow-origins', 'a@some.example')).toHaveLength(Number(isSlow));
    const { watched, origins } = await state();
    expect(watched.data).toMatchObject([{ isSlow, why: expect.stringMatching(why) }]);
    expect(origins.data).toMatchObject([{ host: 'some.example', speed: null, measures: 0, failed: isSlow }]);
  });

  test('whose videos are gone is not asked, and not tried each minute', async () => {
    const { watch, videos, http, jobs, state } = setUp();
    videos.gone.add('a@some.example');
    await watch('a@some.example');
    await jobs.tick();
    expect([http.asked, jobs.waiting]).toEqual([[], []]);
    expect((await state()).watched.data).toMatchObject([{ name: null, isSlow: false, needs: null }]);
  });
});
