import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { commentReceived, hold, refuse } from '@vidiverse/hooks';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { until } from '../support/uploads.js';
import { publishVideo, type Video } from '../support/videos.js';
import { type Probe, probeOf } from './probe.js';

let instances: Instances;
/** Has the video and the plugin. */
let here: FederatedInstance;
/** Whose users comment from afar. */
let there: FederatedInstance;
let probe: Probe;
let video: Video;

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: {
      VIDIVERSE_FEDERATION_INBOX_FIRST_RETRY: '50',
      VIDIVERSE_INTERACTION_COMMENTS_PER_WINDOW: '1000',
    },
  });
  [here, there] = instances.all as [FederatedInstance, FederatedInstance];
  probe = probeOf(here);
  await there.administrator.follow({ hosts: [here.host] });
  await instances.untilIdle();
});
beforeEach(async () => {
  video = await publishVideo(here.administrator, { name: 'a talk' });
  await instances.untilIdle();
});
afterEach(() => probe.off());
afterAll(() => instances.close());

const texts = async () => (await here.administrator.comments(video.uuid)).data.map(({ text }) => text);
const theVideo = () => ({
  id: video.id,
  uuid: video.uuid,
  url: `${here.address}/videos/watch/${video.uuid}`,
  name: 'a talk',
  isLocal: true,
});
const root = ({ address, host }: FederatedInstance) => ({
  name: 'root',
  displayName: 'root',
  url: `${address}/accounts/root`,
  host,
});

describe('a comment that is written here', () => {
  test.each([
    ['refuses', refuse, 'refused_by_plugin'],
    ['holds', hold, 'held_by_plugin'],
  ] as const)('is not stored when a plugin %s it; its author reads why', async (_, verdict, code) => {
    const { given } = probe.on(commentReceived, () => verdict('Too many links.'));
    await expect(here.administrator.comment(video.uuid, 'Buy this')).rejects.toMatchObject({
      status: 403,
      problem: { code, detail: 'Too many links.' },
    });
    expect(await texts()).toEqual([]);
    const subject = { url: null, isLocal: true, text: 'Buy this', author: root(here), video: theVideo() };
    expect(given).toEqual([{ ...subject, inReplyToId: null }]);
  });

  test('is stored when no plugin objects, which is told what it answers', async () => {
    const { given } = probe.on(commentReceived);
    const { id } = await here.administrator.comment(video.uuid, 'one');
    await here.administrator.reply(video.uuid, id, 'two');
    expect(given.map(({ inReplyToId }) => inReplyToId)).toEqual([null, id]);
  });

  test('is held when the plugin breaks', async () => {
    probe.breaks(commentReceived);
    await expect(here.administrator.comment(video.uuid, 'Hello')).rejects.toMatchObject({
      status: 403,
      problem: { code: 'held_by_plugin' },
    });
  });
});

describe('a comment from elsewhere', () => {
  const refused = () =>
    until(async () => {
      const { data } = await here.administrator.inboxActivities({ count: 50, state: 'refused' });
      return data.find(({ reason }) => reason?.includes('by the plugin probe'));
    }, 'it is refused');

  test('is dropped when a plugin refuses it', async () => {
    const { given } = probe.on(commentReceived, () => refuse('Too many links.'));
    const { url } = await there.administrator.comment(video.uuid, 'Buy this');
    expect(await refused()).toMatchObject({ reason: 'Refused by the plugin probe: Too many links.' });
    expect(await texts()).toEqual([]);
    const subject = { url, isLocal: false, text: 'Buy this', author: root(there), video: theVideo() };
    expect(given).toEqual([{ ...subject, inReplyToId: null }]);
  });

  test('waits while a plugin holds it, or breaks', async () => {
    let calls = 0;
    probe.on(commentReceived, () => {
      calls += 1;
      if (calls === 1) throw new Error('not now');
      return calls === 2 ? hold('Not yet.') : undefined;
    });
    await there.administrator.comment(video.uuid, 'Patience');
    await until(async () => (await texts()).includes('Patience'), 'it is there');
    expect(calls).toBe(3);
  });
});
