import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { activityReceived, followBackConsidered, followRequested, PluginHttpError } from '@vidiverse/hooks';
import { MemoryHttp, MemoryJobs, MemorySettings, MemoryStorage, registryOf } from '@vidiverse/hooks/testing';
import { BlockedHosts } from './blocked-hosts.js';
import { BlocklistGuards } from './blocklist-guards.js';
import { BlocklistRounds } from './blocklist-rounds.js';
import { exportLists } from './export-lists.js';
import { parseList } from './parse-list.js';
import { type Settings, settings as schema } from './settings.js';
import { StoredLists } from './stored-lists.js';

const LIST = 'https://lists.example/bad.txt';
const HOUR = 3600_000;

/** The plugin, subscribed to one list that has `bad.example`. */
async function setUp(given: Partial<Settings> = {}) {
  const settings = new MemorySettings(schema.parse({ lists: [LIST], ...given }));
  const [http, storage, jobs] = [new MemoryHttp(() => 'bad.example'), new MemoryStorage(), new MemoryJobs()];
  const stored = new StoredLists(storage);
  const hosts = new BlockedHosts(settings, stored);
  const rounds = new BlocklistRounds(settings, jobs, storage, http, stored, hosts);
  rounds.onModuleInit();
  const registry = registryOf('shared-blocklists', [new BlocklistGuards(hosts, settings)]);
  const refresh = async () => {
    await rounds.refreshNow();
    await jobs.runWaiting();
  };
  const follow = (host: string) => ({
    follower: { url: `https://${host}/a`, host, type: 'Application' as const, username: 'peertube' },
    target: { url: 'https://ours.example/a', kind: 'instance' as const },
    receivedAt: '2026-11-01T00:00:00.000Z',
  });
  const activity = (host: string) => ({
    ...{ id: `https://${host}/1`, type: 'Create', actorUrl: `https://${host}/a`, host, document: {} },
  });
  await refresh();
  return {
    ...{ settings, http, storage, jobs, stored, hosts, refresh },
    asksToFollow: (host: string) => registry.guard(followRequested, follow(host)),
    isFollowedBack: (host: string) => registry.guard(followBackConsidered, follow(host)),
    sends: (host: string) => registry.guard(activityReceived, activity(host)),
  };
}

beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }));
afterEach(() => void jest.useRealTimers());

test('hosts on a list and what is below them are kept out, with the list in the reason', async () => {
  const { asksToFollow, isFollowedBack, sends } = await setUp();
  const reason = `bad.example is on the block list ${LIST}.`;
  expect(await asksToFollow('bad.example')).toMatchObject({ decision: 'refuse', reason });
  expect(await isFollowedBack('bad.example')).toMatchObject({ decision: 'refuse', reason });
  expect(await sends('bad.example')).toMatchObject({ decision: 'refuse', reason });
  expect(await sends('sub.bad.example:8443')).toMatchObject({
    decision: 'refuse',
    reason: `sub.bad.example:8443 belongs to bad.example, which is on the block list ${LIST}.`,
  });
  for (const host of ['good.example', 'notbad.example', 'example'])
    expect(await sends(host)).toEqual({ decision: 'allow' });
});

test('activities are held when that is wanted, and follows are refused all the same', async () => {
  const { asksToFollow, sends } = await setUp({ activities: 'hold' });
  expect(await sends('bad.example')).toMatchObject({ decision: 'hold' });
  expect(await asksToFollow('bad.example')).toMatchObject({ decision: 'refuse' });
});

test('exceptions count at once, and so does a subscription that ends', async () => {
  const { settings, sends } = await setUp({ exceptions: ['*.bad.example'] });
  expect(await sends('sub.bad.example')).toEqual({ decision: 'allow' });
  expect(await sends('bad.example')).toMatchObject({ decision: 'refuse' });
  settings.change({ ...settings.get(), lists: [] });
  expect(await sends('bad.example')).toEqual({ decision: 'allow' });
});

test('a list that cannot be had keeps its last state and says so, until it can be had again', async () => {
  const { http, stored, refresh, sends } = await setUp();
  const { readAt } = (await stored.get('subscription', LIST))!;
  const timeout = new PluginHttpError('timeout', 'It took too long.', true);
  for (const [answer, problem] of [
    [timeout, 'It took too long.'],
    [{ status: 404 }, 'It is answered with status 404.'],
    ['<html>', 'This is a page for people and no list.'],
  ] as const) {
    http.answer = () => answer;
    await refresh();
    expect(await stored.get('subscription', LIST)).toMatchObject({ problem, readAt, hosts: 1 });
    expect(await sends('bad.example')).toMatchObject({ decision: 'refuse' });
  }
  http.answer = () => 'other.example';
  await refresh();
  expect(await stored.get('subscription', LIST)).toMatchObject({ problem: null, hosts: 1 });
  expect([await sends('bad.example'), await sends('other.example')]).toMatchObject([
    { decision: 'allow' },
    { decision: 'refuse' },
  ]);
});

test('a large list is kept in parts, and nothing of an old state stays behind', async () => {
  const { http, storage, refresh, sends } = await setUp();
  http.answer = () => Array.from({ length: 5000 }, (_, n) => `host-number-${n}.bad.example`).join('\n');
  await refresh();
  expect(await sends('host-number-4999.bad.example')).toMatchObject({ decision: 'refuse' });
  expect((await storage.list({ prefix: 'hosts/' })).length).toBeGreaterThan(1);
  http.answer = () => 'bad.example';
  await refresh();
  expect(await storage.list({ prefix: 'hosts/' })).toHaveLength(1);
});

test('another process sees within moments what one has read', async () => {
  const { settings, stored, http, refresh } = await setUp();
  const elsewhere = new BlockedHosts(settings, stored);
  expect(await elsewhere.find('other.example')).toBeNull();
  http.answer = () => 'other.example';
  await refresh();
  jest.setSystemTime(Date.now() + 10_000);
  jest.advanceTimersByTime(10_000);
  expect(await elsewhere.find('other.example')).not.toBeNull();
});

test('lists are read when the interval is over and when the settings name others', async () => {
  const { settings, jobs, stored } = await setUp();
  await jobs.tick();
  expect(jobs.waiting).toHaveLength(0);
  jest.setSystemTime(Date.now() + 6 * HOUR);
  await jobs.tick();
  expect(jobs.waiting).toHaveLength(1);
  await jobs.runWaiting();
  settings.change({ ...settings.get(), lists: ['https://lists.example/other.txt'] });
  await jobs.tick();
  await jobs.runWaiting();
  expect((await stored.all()).map(({ source }) => source)).toEqual(['https://lists.example/other.txt']);
});

test.each(['json', 'csv', 'text'] as const)('what is exported as %s is read again', async (format) => {
  const { stored, hosts } = await setUp();
  await stored.replace('import', 'by "hand"', parseList('worse.example', { takesSilenced: false }));
  await hosts.load();
  const text = exportLists(await hosts.lists(), format);
  const read = parseList(text, { takesSilenced: false });
  expect([read.format, [...read.hosts], read.ignored]).toEqual([format, ['bad.example', 'worse.example'], 0]);
  if (format !== 'text') expect(text).toContain(LIST);
});
