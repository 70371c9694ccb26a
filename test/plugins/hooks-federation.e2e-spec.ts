import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { activityReceived, deliveryDue, hold, type JsonObject, objectBuilt, refuse } from '@vidiverse/hooks';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { until } from '../support/uploads.js';
import { publishVideo, type Video } from '../support/videos.js';
import { type Probe, probeOf } from './probe.js';

let instances: Instances;
/** Has the videos, and its own probe. */
let origin: FederatedInstance;
/** Follows the origin, and has a probe too. */
let follower: FederatedInstance;
let sending: Probe;
let receiving: Probe;

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: { VIDIVERSE_FEDERATION_INBOX_FIRST_RETRY: '50', VIDIVERSE_FEDERATION_INBOX_ATTEMPTS: '3' },
  });
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  await follower.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
  sending = probeOf(origin);
  receiving = probeOf(follower);
});
afterEach(async () => {
  sending.off();
  receiving.off();
  await instances.untilIdle();
});
afterAll(() => instances.close());

const publish = (name: string) => publishVideo(origin.administrator, { name });
/** As the follower knows it; null when it does not. */
const there = async ({ uuid }: Video) => {
  const answer = await follower.administrator.ask('GET', `/api/v1/videos/${uuid}`);
  return answer.status === 200 ? (answer.body as Video & { url: string }) : null;
};
const arrives = (video: Video) => until(() => there(video), `${video.name} arrives`);
const commentThere = ({ uuid }: Video) =>
  until(async () => (await follower.administrator.comments(uuid)).data[0] ?? null, 'the comment arrives');
const document = async (path: string) => {
  const answer = await fetch(origin.address + path, { headers: { accept: 'application/activity+json' } });
  return (await answer.json()) as Record<string, unknown>;
};

describe('an activity that arrives', () => {
  const activity = (type: string, { uuid }: Video) =>
    until(async () => {
      const { data } = await follower.administrator.inboxActivities({ count: 50 });
      return data.find(
        ({ activity: { type: is, id }, state }) => is === type && id.includes(uuid) && state !== 'received',
      );
    }, `the ${type} has ended`);

  test('is dropped when a plugin refuses it, with the reason', async () => {
    const { given } = receiving.on(activityReceived, () => refuse('Too many.'));
    const video = await publish('refused');
    expect(await activity('Announce', video)).toMatchObject({
      state: 'refused',
      reason: 'Refused by the plugin probe: Too many.',
    });
    await instances.untilIdle();
    expect(await there(video)).toBeNull();
    const actorUrl = `${origin.address}/accounts/peertube`;
    const id = expect.stringContaining(`${origin.address}/videos/watch/${video.uuid}/announces/`);
    expect(given).toContainEqual({
      id,
      type: 'Announce',
      actorUrl,
      host: origin.host,
      document: expect.objectContaining({ id, types: ['Announce'], terms: expect.any(Object) }),
    });
  });

  test('waits while a plugin holds it, and is asked about again', async () => {
    const times = new Map<string, number>();
    receiving.on(activityReceived, ({ id }) => {
      const before = times.get(id) ?? 0;
      times.set(id, before + 1);
      return before < 2 ? hold('Not yet.') : undefined;
    });
    expect(await arrives(await publish('held'))).toMatchObject({ name: 'held' });
  });

  test('has failed, and can be tried again, when the plugin does nothing but break', async () => {
    receiving.breaks(activityReceived);
    const video = await publish('broken');
    const { id, state, reason } = await activity('Announce', video);
    expect({ state, reason }).toEqual({
      state: 'failed',
      reason: 'Held by the plugin probe: The plugin probe could not decide.',
    });
    receiving.off();
    await follower.administrator.retryInboxActivity(id);
    await arrives(video);
  });
});

describe('a delivery', () => {
  test('is given up when a plugin refuses it, with the reason', async () => {
    const { given } = sending.on(deliveryDue, () => refuse('It asked for none.'));
    const video = await publish('undelivered');
    await instances.untilIdle();
    expect(await there(video)).toBeNull();
    const { data } = await origin.administrator.deliveries(follower.host, { count: 50 });
    expect(data).toContainEqual(
      expect.objectContaining({
        state: 'refused',
        reason: 'Refused by the plugin probe: It asked for none.',
      }),
    );
    expect(given).toContainEqual({
      id: expect.any(Number),
      activityUrl: expect.stringContaining(`${video.uuid}/announces/`),
      type: 'Announce',
      host: follower.host,
      inboxUrl: expect.stringContaining(follower.address),
      waitingSince: expect.stringMatching(/^\d{4}-/),
      attempts: 0,
      activity: expect.objectContaining({ type: 'Announce', signature: expect.any(Object) }),
    });
  });

  test.each([
    ['holds it', () => void sending.on(deliveryDue, () => hold('Not now.'))],
    ['breaks', () => sending.breaks(deliveryDue)],
  ])('waits and arrives later when a plugin %s', async (_, handle) => {
    handle();
    const video = await publish('late');
    await until(async () => {
      const { data } = await origin.administrator.deliveries(follower.host, { state: 'waiting' });
      return data.some(
        ({ reason, attempts }) => attempts > 0 && reason?.startsWith('Held by the plugin probe: '),
      );
    }, 'a try is counted');
    sending.off();
    await arrives(video);
  });
});

describe('an object of ours', () => {
  const evil = (object: JsonObject): JsonObject => ({
    ...object,
    '@context': 'https://evil.example/context',
    id: 'https://evil.example/1',
    type: 'Note',
    attributedTo: 'https://evil.example/2',
    name: 'Renamed by a plugin',
  });

  test('is sent and served as a plugin makes it, and stays what and whose it is', async () => {
    const { contexts } = sending.on(objectBuilt, evil);
    const video = await publish('as it was');
    const id = `${origin.address}/videos/watch/${video.uuid}`;
    expect(await arrives(video)).toMatchObject({ url: id, name: 'Renamed by a plugin' });
    expect(contexts).toContainEqual({ type: 'Video', id });
    const same = {
      id,
      type: 'Video',
      name: 'Renamed by a plugin',
      attributedTo: [{ type: 'Person' }, { type: 'Group' }],
    };
    expect(await document(`/videos/watch/${video.uuid}`)).toMatchObject(same);
    expect(await document(`/videos/watch/${video.uuid}/activity`)).toMatchObject({
      type: 'Create',
      object: same,
    });
    expect(await document('/accounts/root/outbox?page=1')).toMatchObject({
      orderedItems: expect.arrayContaining([
        expect.objectContaining({ object: expect.objectContaining({ id, name: 'Renamed by a plugin' }) }),
      ]),
    });
  });

  test.each([
    ['Application', '/accounts/peertube'],
    ['Person', '/accounts/root'],
    ['Group', '/video-channels/root_channel'],
  ])('may be the %s', async (type, path) => {
    const { given } = sending.on(objectBuilt, evil);
    const before = given.length;
    expect(await document(path)).toMatchObject({
      type,
      id: origin.address + path,
      name: 'Renamed by a plugin',
    });
    expect(given[before]).not.toHaveProperty('@context');
  });

  test('may be a comment', async () => {
    sending.on(objectBuilt, (object) => ({ ...object, content: 'Said otherwise.' }));
    const video = await publish('spoken of');
    await arrives(video);
    const { url } = await origin.administrator.comment(video.uuid, 'Said so.');
    expect(await commentThere(video)).toMatchObject({ url, text: 'Said otherwise.' });
    expect(await document(new URL(url).pathname)).toMatchObject({ type: 'Note', content: 'Said otherwise.' });
  });

  test.each([
    ['breaks', () => sending.breaks(objectBuilt)],
    [
      'adds what cannot be signed',
      () => void sending.on(objectBuilt, (object) => ({ ...object, strangeTerm: 1 })),
    ],
  ])('is sent as it was when the plugin %s', async (_, handle) => {
    handle();
    const video = await publish('robust');
    expect(await arrives(video)).toMatchObject({ name: 'robust' });
    await origin.administrator.comment(video.uuid, 'As it was.');
    expect(await commentThere(video)).toMatchObject({ text: 'As it was.' });
    expect((await document(`/videos/watch/${video.uuid}/activity`)).signature).toBeDefined();
  });
});
