import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import {
  MemoryHttp,
  MemoryInstanceFollows,
  MemoryJobs,
  MemorySettings,
  MemoryStorage,
} from '@vidiverse/hooks/testing';
import { DayLimit } from './day-limit.js';
import { IndexFollower } from './index-follower.js';
import { IndexRounds } from './index-rounds.js';
import { OwnFollows } from './own-follows.js';
import { type Settings, settings as schema } from './settings.js';

const OURS = { url: 'https://ours.example', host: 'ours.example', name: 'Ours' };
const DAY = 86_400_000;

/** The plugin on an index that names these hosts. */
function setUp(given: Partial<Settings> = {}) {
  const index = { hosts: [] as string[] };
  const settings = new MemorySettings(
    schema.parse({ indexUrl: 'https://index.example/hosts', dryRun: false, ...given }),
  );
  const http = new MemoryHttp(() => index.hosts.join('\n'));
  const [follows, storage, jobs] = [new MemoryInstanceFollows(), new MemoryStorage(), new MemoryJobs()];
  const follower = new IndexFollower(
    settings,
    http,
    follows,
    new OwnFollows(storage),
    new DayLimit(storage),
    OURS,
  );
  const rounds = new IndexRounds(settings, jobs, storage, follower);
  rounds.onModuleInit();
  const run = async (...hosts: string[]) => {
    index.hosts = hosts;
    await rounds.lookNow();
    await jobs.runWaiting();
    return (await rounds.state()).lastRun!;
  };
  return {
    settings,
    http,
    follows,
    storage,
    jobs,
    rounds,
    run,
    followed: () => [...follows.followed.keys()],
  };
}

beforeEach(() => void jest.useFakeTimers({ now: Date.parse('2026-11-01T00:00:00Z'), advanceTimers: true }));
afterEach(() => void jest.useRealTimers());
const later = (milliseconds: number) => jest.setSystemTime(Date.now() + milliseconds);

test('hosts of the index are followed once, and what is no host is counted', async () => {
  const { run, followed } = setUp();
  const report = await run('A.example', 'a.example', 'ours.example', 'not a host', 'b.example');
  expect(followed()).toEqual(['a.example', 'b.example']);
  expect(report).toMatchObject({
    problem: null,
    index: { hosts: 3, noHosts: 1, isWhole: true },
    followed: { total: 2, hosts: ['a.example', 'b.example'] },
  });
  expect((await run('a.example', 'b.example')).skipped).toMatchObject([{ reason: 'known', total: 2 }]);
});

test('blacklisted and blocked hosts are never followed, with the reason', async () => {
  const { run, follows, followed } = setUp({ neverFollow: ['bad.example', '*.worse.example'] });
  follows.blocked.add('blocked.example');
  const report = await run('bad.example', 'very.worse.example', 'blocked.example', 'good.example');
  expect(followed()).toEqual(['good.example']);
  expect(report.skipped).toMatchObject([
    { reason: 'blacklisted', hosts: ['bad.example', 'very.worse.example'] },
    { reason: 'refused', hosts: ['blocked.example'] },
  ]);
});

test('no more are followed in a day than the limit says, and the others on the days after', async () => {
  const { run, followed } = setUp({ followsPerDay: 2 });
  const hosts = ['a.example', 'b.example', 'c.example', 'd.example', 'e.example'];
  expect((await run(...hosts)).skipped).toMatchObject([{ reason: 'later', total: 3 }]);
  later(DAY / 2);
  await run(...hosts);
  expect(followed()).toHaveLength(2);
  later(DAY / 2);
  await run(...hosts);
  expect(followed()).toEqual(hosts.slice(0, 4));
});

test('a dry run does nothing and says what it would do', async () => {
  const { run, followed, settings } = setUp({ dryRun: true, followsPerDay: 1 });
  expect(await run('a.example', 'b.example')).toMatchObject({ dryRun: true, followed: { total: 1 } });
  expect(followed()).toEqual([]);
  settings.change({ ...settings.get(), dryRun: false });
  expect(await run('a.example', 'b.example')).toMatchObject({ dryRun: false, followed: { total: 1 } });
});

test('only what the plugin has followed itself is unfollowed when it leaves, and only when that is wanted', async () => {
  const { run, follows, followed, settings } = setUp();
  await follows.follow('by-hand.example');
  await run('a.example', 'b.example');
  await run('b.example');
  expect(followed()).toEqual(['by-hand.example', 'a.example', 'b.example']);
  settings.change({ ...settings.get(), unfollowsWhatLeft: true });
  expect((await run('b.example')).unfollowed).toEqual({ total: 1, hosts: ['a.example'] });
  expect(followed()).toEqual(['by-hand.example', 'b.example']);
});

test('an index that is empty, broken or gone unfollows nobody', async () => {
  const { run, http, followed } = setUp({ unfollowsWhatLeft: true });
  await run('a.example');
  for (const answer of ['', '<html>', '{"data": 5}', '{', '{"data": []}', { status: 500 }, undefined]) {
    http.answer = () => answer;
    expect((await run()).problem).not.toBeNull();
  }
  expect(followed()).toEqual(['a.example']);
});

test('whom somebody has unfollowed is not followed again', async () => {
  const { run, follows, followed } = setUp();
  await run('a.example');
  await follows.unfollow('a.example');
  expect((await run('a.example')).skipped).toMatchObject([{ reason: 'ended', hosts: ['a.example'] }]);
  expect(followed()).toEqual([]);
});

test('a follow that the end of the process came before is asked for again', async () => {
  const { run, storage, followed } = setUp();
  await new OwnFollows(storage).note('a.example', 'asking');
  await run('a.example');
  expect(followed()).toEqual(['a.example']);
});

test('it looks when the interval is over, an hour after a problem, and never without an index', async () => {
  const { http, jobs, rounds, settings, run } = setUp({ indexUrl: '' });
  await jobs.tick();
  expect([jobs.waiting.length, (await rounds.state()).nextRunAt]).toEqual([0, null]);
  settings.change({ ...settings.get(), indexUrl: 'https://index.example/hosts' });
  await jobs.tick();
  expect(jobs.waiting).toHaveLength(1);
  const good = await run('a.example');
  expect(Date.parse((await rounds.state()).nextRunAt!) - Date.parse(good.finishedAt)).toBe(DAY);
  http.answer = () => undefined;
  const bad = await run();
  expect(Date.parse((await rounds.state()).nextRunAt!) - Date.parse(bad.finishedAt)).toBe(3600_000);
});
