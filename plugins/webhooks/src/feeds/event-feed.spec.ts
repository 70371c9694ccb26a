import { expect, test } from '@jest/globals';
import {
  followAccepted,
  jobFailed,
  type PageHead,
  pageHeadBuilt,
  type RemoteActor,
  userRegistered,
  videoDeleted,
  type VideoDetails,
  videoPublished,
  VideoReader,
  videoUpdated,
} from '@vidiverse/hooks';
import { MemorySettings, MemoryStorage, registryOf } from '@vidiverse/hooks/testing';
import { type Settings, settings as schema } from '../settings.js';
import { EventFeed } from './event-feed.js';
import { EventLog } from './event-log.js';
import { isToken } from './is-token.js';

const OURS = { url: 'https://ours.example', host: 'ours.example', name: 'Ours' };
const URL = 'https://ours.example/plugins-api/webhooks/feeds/events.atom';

const videoOf = (name: string, { privacy = 1, state = 1, uuid = 'a-b' } = {}) =>
  ({
    ...{ uuid, name, url: `${OURS.url}/videos/watch/${uuid}`, truncatedDescription: null },
    ...{ privacy: { id: privacy, label: '' }, state: { id: state, label: '' } },
  }) as VideoDetails;

const actor = (host: string, type: RemoteActor['type'], username = 'vidiverse'): RemoteActor => ({
  ...{ host, type, username },
  url: `https://${host}/${username}`,
});

class Videos extends VideoReader {
  readonly all = new Map<string, VideoDetails>();

  async get(uuid: string): Promise<VideoDetails | null> {
    return this.all.get(uuid) ?? null;
  }

  async list() {
    return { total: 0, data: [] };
  }
}

/** The feeds, and what tells the plugin and has the video be so from then on. */
function setUp(given: Partial<Settings> = {}) {
  const [settings, storage, videos] = [
    new MemorySettings(schema.parse(given)),
    new MemoryStorage(),
    new Videos(),
  ];
  const log = new EventLog(OURS, storage, settings);
  const feed = new EventFeed(settings, log, videos, OURS);
  const registry = registryOf('webhooks', [log, feed]);
  const tell = async (hook: typeof videoPublished, video: VideoDetails) => {
    videos.all.set(video.uuid, video);
    registry.emit(hook, video);
    await registry.settle();
  };
  const remove = async (uuid: string) => {
    videos.all.delete(uuid);
    registry.emit(videoDeleted, { id: 1, uuid, filenames: [], infoHashes: [] });
    await registry.settle();
  };
  const titles = async () => (await feed.forEverybody()).entries.map(({ title }) => title);
  return { feed, log, registry, videos, tell, remove, titles };
}

test('a video that is published is told with the name that it has by now, and its id stays', async () => {
  const { feed, tell } = setUp();
  await tell(videoPublished, videoOf('First'));
  const [before] = (await feed.forEverybody()).entries;
  await tell(videoUpdated, videoOf('Second'));
  const { entries, ...about } = await feed.forEverybody();
  expect(about).toMatchObject({ id: `${URL}#events`, title: 'Ours: events', self: URL });
  expect(entries).toEqual([{ ...before, title: 'Video published: Second' }]);
  expect(before).toMatchObject({
    id: expect.stringMatching(/^urn:uuid:[\da-f-]{36}$/),
    url: 'https://ours.example/videos/watch/a-b',
  });
});

test('publishing is told once, in whichever order it and the changes of it are heard', async () => {
  const { registry, videos, titles } = setUp();
  const video = videoOf('Both');
  videos.all.set(video.uuid, video);
  registry.emit(videoUpdated, video);
  registry.emit(videoPublished, video);
  registry.emit(videoUpdated, video);
  await registry.settle();
  expect(await titles()).toEqual(['Video published: Both']);
});

test('a change more than an hour later is an event of its own', async () => {
  const { log, tell, titles } = setUp();
  const old = { what: 'Video published', about: 'Old', url: '', summary: '', video: 'a-b' };
  await log.everybody.put({ ...old, id: 'urn:uuid:1', at: new Date(Date.now() - 3_700_000).toISOString() });
  await tell(videoUpdated, videoOf('New'));
  expect(await titles()).toEqual(['Video updated: New', 'Video published: New']);
});

test.each([
  ['unlisted', { privacy: 2 }],
  ['private', { privacy: 3 }],
  ['not published yet', { state: 2 }],
])(
  'a video that is %s is never told, neither when it is deleted nor when it is public later',
  async (_, as) => {
    const { tell, remove, titles } = setUp();
    await tell(videoPublished, videoOf('Hidden', as));
    expect(await titles()).toEqual([]);
    await tell(videoUpdated, videoOf('Open'));
    expect(await titles()).toEqual(['Video updated: Open']);
    await tell(videoUpdated, videoOf('Hidden', as));
    await remove('a-b');
    expect(await titles()).toEqual([]);
  },
);

test('what has become hidden without a word is not shown', async () => {
  const { tell, videos, titles } = setUp();
  await tell(videoPublished, videoOf('Gone', { uuid: 'gone' }));
  await tell(videoPublished, videoOf('Unlisted', { uuid: 'unlisted' }));
  videos.all.delete('gone');
  videos.all.set('unlisted', videoOf('Unlisted', { uuid: 'unlisted', privacy: 2 }));
  expect(await titles()).toEqual([]);
});

test('a public video that is deleted is told by its last name alone', async () => {
  const { tell, remove, titles } = setUp();
  await tell(videoPublished, videoOf('First'));
  await tell(videoUpdated, videoOf('Last'));
  await remove('a-b');
  await remove('never-heard-of');
  expect(await titles()).toEqual(['Video deleted: Last']);
});

test('users, jobs and follows of persons are for administrators, without payloads; follows of instances for all', async () => {
  const { feed, registry, titles } = setUp({ feedToken: 'a token & of some length' });
  const [ours, far] = [actor(OURS.host, 'Application'), actor('far.example', 'Application')];
  const fact = { target: ours, decidedBy: 'default', direction: 'in' as const };
  registry.emit(followAccepted, { ...fact, follower: far });
  registry.emit(followAccepted, { ...fact, follower: actor('far.example', 'Person', 'ada') });
  registry.emit(userRegistered, { id: 1, username: 'bob', role: 'user' });
  registry.emit(jobFailed, {
    ...{ id: '1', kind: 'media.process', payload: { key: 'hush' }, state: 'failed', attempts: 3 },
    ...{ error: 'No space left.', failedAt: '' },
  });
  await registry.settle();
  expect(await titles()).toEqual(['Follow accepted: far.example follows ours.example']);
  const all = await feed.forAdministrators();
  expect(all).toMatchObject({
    id: `${URL}#events-for-administrators`,
    self: `${URL}?token=a%20token%20%26%20of%20some%20length`,
  });
  expect(all.entries.map(({ title, summary }) => title + summary).sort()).toEqual([
    'Follow accepted: ada@far.example follows ours.example',
    'Follow accepted: far.example follows ours.example',
    'Job failed: media.processNo space left.',
    'User registered: bob',
  ]);
  expect(JSON.stringify(all)).not.toContain('hush');
});

test('as many are kept as the settings say, and the newest are shown; jobs that fail push out no videos', async () => {
  const { log, tell, registry, titles } = setUp({ keptEvents: 3, feedItems: 2 });
  const job = { id: '1', kind: 'x', payload: null, state: 'failed', attempts: 1, error: null, failedAt: '' };
  for (let n = 1; n <= 4; n += 1) {
    await tell(videoPublished, videoOf(`Video ${n}`, { uuid: `${n}` }));
    registry.emit(jobFailed, { ...job, state: 'failed' });
    await registry.settle();
  }
  expect([(await log.everybody.all()).length, (await log.administrators.all()).length]).toEqual([3, 3]);
  expect(await titles()).toHaveLength(2);
});

test('pages name the feed, and embedded players do not', async () => {
  const { registry } = setUp({ feedToken: 'a token of some length' });
  const head: PageHead = { title: 'x', meta: [], links: [], structured: null };
  const linksOf = async (page: 'site' | 'watch' | 'embed') =>
    (await registry.filter(pageHeadBuilt, head, { video: null, page })).links.map(({ href }) => href);
  expect([await linksOf('site'), await linksOf('watch'), await linksOf('embed')]).toEqual([[URL], [URL], []]);
});

test('a token is right as a whole, has 16 characters or more, and none is never right', () => {
  const token = 'a token of some length';
  expect([token, '', 'a token', `${token}.`].map((given) => isToken(given, token))).toEqual([
    ...[true, false, false, false],
  ]);
  expect([isToken('', ''), isToken('x', '')]).toEqual([false, false]);
  expect(() => schema.parse({ feedToken: 'short' })).toThrow('16 characters');
});
