import { expect, test } from '@jest/globals';
import { jobFailed, PluginHttpError, userRegistered, videoDeleted } from '@vidiverse/hooks';
import { MemoryHttp, MemoryJobs, MemorySettings, MemoryStorage, registryOf } from '@vidiverse/hooks/testing';
import { Deliveries } from './deliveries.js';
import { EventListener } from './event-listener.js';
import { type Settings, settings as schema } from './settings.js';
import { sign } from './sign.js';
import { Undelivered } from './undelivered.js';

const SECRET = 'a secret of some length';
const ALL = { url: 'https://all.example/hook', secret: SECRET };
const DELETED = { url: 'https://deleted.example/hook', secret: SECRET, events: [videoDeleted.name] };
const VIDEO = { id: 1, uuid: 'a-b', filenames: [], infoHashes: [] };
const USER = { id: 1, username: 'ada', role: 'user' } as const;

/** The plugin with these addresses; `says` is what each of them answers. */
function setUp(targets: object[], says: MemoryHttp['answer'] = () => ({ status: 204 })) {
  const settings = new MemorySettings<Settings>(schema.parse({ targets }));
  const [http, jobs, storage] = [new MemoryHttp(says), new MemoryJobs(), new MemoryStorage()];
  const undelivered = new Undelivered(storage);
  const instance = { url: 'https://ours.example', host: 'ours.example', name: 'Ours' };
  const deliveries = new Deliveries(settings, jobs, http, undelivered, instance);
  deliveries.onModuleInit();
  const registry = registryOf('webhooks', [new EventListener(deliveries)]);
  return { settings, http, jobs, registry, undelivered, deliveries };
}

test('an event is told to each address that wants it, as signed JSON with an id', async () => {
  const { registry, jobs, http } = setUp([ALL, DELETED]);
  registry.emit(userRegistered, USER);
  registry.emit(videoDeleted, VIDEO);
  await registry.settle();
  await jobs.runWaiting();
  expect(
    http.asked.map(({ url, body }) => [url, (JSON.parse(body!) as { type: string }).type]).sort(),
  ).toEqual([
    [ALL.url, userRegistered.name],
    [ALL.url, videoDeleted.name],
    [DELETED.url, videoDeleted.name],
  ]);
  const { headers, body } = http.asked.find(({ url }) => url === DELETED.url)!;
  expect(JSON.parse(body!)).toEqual({
    ...{
      type: 'videos.video.deleted',
      timestamp: expect.any(String),
      instance: 'https://ours.example',
      data: VIDEO,
    },
  });
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  expect(signature).toBe(sign(SECRET, id!, Number(timestamp), body!));
  expect(new Set(http.asked.map((request) => request.headers['webhook-id'])).size).toBe(3);
});

test('an address that fails is told again with the same id, until it answers well', async () => {
  const { registry, jobs, http, undelivered } = setUp([ALL], () => ({ status: 500 }));
  registry.emit(videoDeleted, VIDEO);
  await registry.settle();
  expect(await jobs.runWaiting()).toBe(1);
  http.answer = () => new PluginHttpError('timeout', 'It took too long.', true);
  expect(await jobs.runWaiting()).toBe(1);
  http.answer = () => ({ status: 200 });
  expect(await jobs.runWaiting()).toBe(0);
  expect([http.asked.length, new Set(http.asked.map(({ headers }) => headers['webhook-id'])).size]).toEqual([
    3, 1,
  ]);
  expect([jobs.waiting, await undelivered.all()]).toEqual([[], []]);
});

test('what is given up is listed with its problem, and can be sent again', async () => {
  const { registry, jobs, http, undelivered, deliveries } = setUp([ALL], () => ({ status: 503 }));
  registry.emit(videoDeleted, VIDEO);
  await registry.settle();
  while (jobs.waiting.length > 0) await jobs.runWaiting();
  const [given] = await undelivered.all();
  expect(given).toMatchObject({ url: ALL.url, attempts: 30, problem: `${ALL.url} answers with status 503.` });
  http.answer = () => ({ status: 200 });
  await deliveries.send(given!);
  expect(await jobs.runWaiting()).toBe(0);
  expect(http.asked.at(-1)!.headers['webhook-id']).toBe(given!.id);
});

test.each([
  ['is gone', { status: 410 }],
  ['may not be asked', new PluginHttpError('refused', 'A private address.', false)],
])('an address that %s is not told again', async (_, answer) => {
  const { registry, jobs, undelivered } = setUp([ALL], () => answer);
  registry.emit(videoDeleted, VIDEO);
  await registry.settle();
  expect(await jobs.runWaiting()).toBe(0);
  expect(await undelivered.all()).toMatchObject([{ attempts: 1 }]);
});

test('an address that was taken away is told nothing more', async () => {
  const { registry, jobs, settings, http } = setUp([ALL]);
  registry.emit(videoDeleted, VIDEO);
  await registry.settle();
  settings.change({ ...settings.get(), targets: [] });
  expect([await jobs.runWaiting(), http.asked]).toEqual([0, []]);
});

test('of failed jobs the payload stays here, and its own jobs are not told', async () => {
  const { registry, jobs, http } = setUp([ALL]);
  const job = {
    id: '1',
    payload: { token: 'x' },
    state: 'failed',
    attempts: 3,
    error: 'no',
    failedAt: '',
  } as const;
  registry.emit(jobFailed, { ...job, kind: 'media.process' });
  registry.emit(jobFailed, { ...job, kind: 'plugin.webhooks.deliver' });
  await registry.settle();
  await jobs.runWaiting();
  expect(http.asked).toHaveLength(1);
  expect(http.asked[0]!.body).not.toContain('token');
});

test('only the newest 500 that were given up are kept', async () => {
  const undelivered = new Undelivered(new MemoryStorage());
  const message = { url: ALL.url, event: 'x', body: '{}', attempts: 30, problem: 'no' };
  for (let n = 0; n < 503; n += 1)
    await undelivered.put({ ...message, id: `msg_${n}`, gaveUpAt: new Date(n * 1000).toISOString() });
  const all = await undelivered.all();
  expect([all.length, all[0]!.id]).toEqual([500, 'msg_3']);
});

test.each([
  [{ url: 'ftp://x.example', secret: SECRET }, 'must be an address'],
  [{ url: 'https://x.example', secret: 'short' }, '16 characters'],
  [{ url: 'https://x.example', secret: SECRET, events: ['videos.video.seen'] }, 'expected one of'],
])('settings that are wrong are refused with a reason', (target, says) => {
  expect(() => schema.parse({ targets: [target] })).toThrow(says);
});

test('an address is named once', () => {
  expect(() => schema.parse({ targets: [ALL, ALL] })).toThrow('each address once');
});
