import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonValue } from '../../src/host/json.js';
import { definePluginJob, type PluginJobs } from '../../src/host/plugin-jobs.js';
import { until } from '../until.js';

/** A version of the port that runs. */
export interface JobsLab {
  jobs: PluginJobs;
  /** Runs what waits, where that does not happen by itself. */
  pass(): Promise<void>;
  drop(): Promise<void>;
}

const quick = { retryDelayMs: 10 };
const PLAIN = definePluginJob<JsonValue>({ name: 'plain' });
const OTHER = definePluginJob<JsonValue>({ name: 'other' });
const FRAIL = definePluginJob<number>({ name: 'frail', attempts: 3, ...quick });
const DOOMED = definePluginJob<JsonValue>({ name: 'doomed', attempts: 2, ...quick });
const CHAIN = definePluginJob<number>({ name: 'chain' });
const ALONE = definePluginJob<JsonValue>({ name: 'alone' });
const KEY = { uniqueKey: 'k' };
/** Of what comes again and again: the least. */
const INTERVAL_MS = 1000;
/** Long enough for a test to add more meanwhile. */
const SOON_MS = 500;

/** What every version of the port promises. `setUp` is to be called where a plugin calls `process`: in `onModuleInit`. */
export function describePluginJobs(
  name: string,
  open: (setUp: (jobs: PluginJobs) => void) => Promise<JobsLab>,
): void {
  describe(`jobs of a plugin, ${name}`, () => {
    let lab: JobsLab;
    let ran: Array<[job: string, payload: JsonValue, attempts: number]> = [];
    let rounds = 0;
    let settles = 0;
    const wrong: unknown[] = [];

    const setUp = (jobs: PluginJobs) => {
      const note = (job: string, payload: JsonValue, attempts: number) =>
        void ran.push([job, payload, attempts]);
      for (const job of [PLAIN, OTHER])
        jobs.process(job, async ({ payload, attempts }) => note(job.name, payload, attempts));
      jobs.process(FRAIL, async ({ payload, attempts }) => {
        note('frail', payload, attempts);
        if (attempts < payload) throw new Error('not yet');
      });
      jobs.process(DOOMED, async ({ payload, attempts }) => {
        note('doomed', payload, attempts);
        throw new Error('never');
      });
      jobs.process(CHAIN, async ({ payload, attempts, signal }) => {
        signal.throwIfAborted();
        note('chain', payload, attempts);
        if (payload > 0) await jobs.add(CHAIN, payload - 1);
      });
      jobs.process(ALONE, async ({ payload, attempts }) => {
        note('alone', payload, attempts);
        await jobs.add(ALONE, 'while it runs', KEY);
      });
      jobs.every('round', INTERVAL_MS, async () => {
        rounds += 1;
        throw new Error('a round that fails');
      });
      for (const attempt of [
        () => jobs.process(PLAIN, async () => undefined),
        () => jobs.process({ name: 'Not A Name' }, async () => undefined),
        () => jobs.every('often', INTERVAL_MS - 1, async () => undefined),
      ])
        try {
          wrong.push(attempt());
        } catch (error) {
          wrong.push(error);
        }
    };

    beforeAll(async () => {
      lab = await open(setUp);
    });
    afterAll(() => lab.drop());
    beforeEach(() => {
      ran = [];
    });

    const untilRan = (count: number) =>
      until(async () => {
        await lab.pass();
        return ran.length >= count;
      });
    /** Whatever was added before has run by then. */
    const settled = async () => {
      const last = `last ${++settles}`;
      await lab.jobs.add(OTHER, last, { delayMs: 2 * SOON_MS });
      await until(async () => {
        await lab.pass();
        return ran.some(([, payload]) => payload === last);
      });
      return ran.filter(([, payload]) => !String(payload).startsWith('last '));
    };

    test.each<JsonValue>([null, 0, 'ü 🎬', [1, [null]], { a: { b: 'c' } }])(
      'one with %j runs once with that',
      async (payload) => {
        await lab.jobs.add(PLAIN, payload);
        expect(await settled()).toEqual([['plain', payload, 0]]);
      },
    );

    test('one that fails is tried again, and knows how often it failed', async () => {
      await lab.jobs.add(FRAIL, 2);
      await untilRan(3);
      expect(await settled()).toEqual([
        ['frail', 2, 0],
        ['frail', 2, 1],
        ['frail', 2, 2],
      ]);
    });

    test('one that always fails is given up after its tries', async () => {
      await lab.jobs.add(DOOMED, null);
      await untilRan(2);
      expect(await settled()).toEqual([
        ['doomed', null, 0],
        ['doomed', null, 1],
      ]);
    });

    test('a job may add another of its kind', async () => {
      await lab.jobs.add(CHAIN, 2);
      await untilRan(3);
      expect(ran.map(([, payload]) => payload)).toEqual([2, 1, 0]);
    });

    test('while one waits, none of its kind with its key is added', async () => {
      await lab.jobs.add(PLAIN, 'first', { ...KEY, delayMs: SOON_MS });
      await lab.jobs.add(PLAIN, 'second', KEY);
      await lab.jobs.add(PLAIN, 'another key', { uniqueKey: 'l' });
      await lab.jobs.add(PLAIN, 'no key');
      await lab.jobs.add(OTHER, 'another kind', KEY);
      await untilRan(4);
      const payloads = (await settled()).map(([, payload]) => payload).sort();
      expect(payloads).toEqual(['another key', 'another kind', 'first', 'no key']);
      await lab.jobs.add(PLAIN, 'afterwards', KEY);
      expect(await settled()).toContainEqual(['plain', 'afterwards', 0]);
    });

    test('nor while it runs', async () => {
      await lab.jobs.add(ALONE, 'first', KEY);
      expect(await settled()).toEqual([['alone', 'first', 0]]);
    });

    test('what comes again and again does so, also when it fails', async () => {
      const before = rounds;
      await until(async () => {
        await lab.pass();
        return rounds >= before + 2;
      });
    });

    test('a second handler, a bad name and an interval that is too short are refused', () => {
      expect(wrong).toEqual([expect.any(Error), expect.any(TypeError), expect.any(RangeError)]);
    });
  });
}
