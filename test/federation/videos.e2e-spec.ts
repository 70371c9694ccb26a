import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { InstanceClient } from '../support/client.js';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { publishVideo } from '../support/videos.js';

const PUBLIC = 1;
const UNLISTED = 2;

let instances: Instances;
let origin: FederatedInstance;
/** One follows the instance, one the channel, one the account. */
let followers: FederatedInstance[];

beforeAll(async () => {
  instances = await createInstances(4);
  [origin, ...followers] = instances.all as [FederatedInstance, ...FederatedInstance[]];
  const [ofInstance, ofChannel, ofAccount] = followers as [
    FederatedInstance,
    FederatedInstance,
    FederatedInstance,
  ];
  await ofInstance.administrator.follow({ hosts: [origin.host] });
  await ofChannel.administrator.follow({ handles: [`root_channel@${origin.host}`] });
  await ofAccount.administrator.follow({ handles: [`root@${origin.host}`] });
  await instances.untilIdle();
});
afterAll(() => instances.close());

const visitors = (): InstanceClient[] => followers.map(({ administrator }) => administrator.visitor());
const names = async (client: InstanceClient) => (await client.videos()).data.map(({ name }) => name);
const everywhere = async (expected: unknown) => {
  await instances.untilIdle();
  for (const visitor of visitors()) expect(await names(visitor)).toEqual(expected);
};
const publish = async (fields: Record<string, unknown>) => {
  const video = await publishVideo(origin.administrator, fields);
  await instances.untilIdle();
  return video;
};

describe('a new video', () => {
  test('appears at the followers of its instance, its channel and its account', async () => {
    const { uuid } = await publish({ name: 'For everyone', tags: 'sea,sun', description: 'A **clip**.' });
    await everywhere(['For everyone']);
    for (const visitor of visitors()) {
      const video = await visitor.video(uuid);
      expect(video).toMatchObject({
        uuid,
        url: `${origin.address}/videos/watch/${uuid}`,
        isLocal: false,
        description: 'A **clip**.',
        tags: ['sea', 'sun'],
        channel: {
          name: 'root_channel',
          host: origin.host,
          url: `${origin.address}/video-channels/root_channel`,
        },
        account: { name: 'root', host: origin.host, url: `${origin.address}/accounts/root` },
      });
    }
    await origin.administrator.removeVideo(uuid);
    await everywhere([]);
  });

  test('is played from its own instance: WebSeed, torrent and tracker are there', async () => {
    const original = await publish({ name: 'Played' });
    const [file] = original.files;
    for (const visitor of visitors()) {
      const video = await visitor.video(original.uuid);
      expect(video.files).toHaveLength(1);
      expect(video.files[0]).toMatchObject({
        fileUrl: file!.fileUrl,
        torrentUrl: file!.torrentUrl,
        infoHash: file!.infoHash,
        size: file!.size,
      });
      const magnet = new URLSearchParams(video.files[0]!.magnetUri.split('?')[1]);
      expect(magnet.getAll('ws')).toEqual([file!.fileUrl]);
      expect(magnet.getAll('tr')).toContain(`${origin.address.replace('http', 'ws')}/tracker/socket`);
    }
    await origin.administrator.removeVideo(original.uuid);
    await everywhere([]);
  });

  test('that is not public is told to nobody', async () => {
    const { uuid } = await publish({ name: 'With the link', privacy: UNLISTED });
    await everywhere([]);
    await origin.administrator.removeVideo(uuid);
  });

  test('has its images here, in our own size and from our own address', async () => {
    const { uuid } = await publish({ name: 'Pictured' });
    const follower = followers[0]!;
    const { thumbnailPath, previewPath } = await follower.administrator.visitor().video(uuid);
    for (const path of [thumbnailPath, previewPath]) {
      const answer = await fetch(follower.address + path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(path).toContain('/remote/');
    }
    expect((await fetch(follower.address + thumbnailPath.replace(/.{5}\.jpg$/, '00000.jpg'))).status).toBe(
      404,
    );
    await origin.administrator.removeVideo(uuid);
    await everywhere([]);
  });
});

describe('a change', () => {
  test('of fields arrives at all of them', async () => {
    const { uuid } = await publish({ name: 'As it was' });
    await origin.administrator.updateVideo(uuid, { name: 'As it is', tags: ['new'], category: 15 });
    await everywhere(['As it is']);
    for (const visitor of visitors())
      expect(await visitor.video(uuid)).toMatchObject({ tags: ['new'], category: { id: 15 } });
    await origin.administrator.removeVideo(uuid);
    await everywhere([]);
  });

  test('of privacy takes the video away, and brings it back', async () => {
    const { uuid } = await publish({ name: 'Now and then' });
    for (const privacy of [UNLISTED, PUBLIC, 3, PUBLIC]) {
      await origin.administrator.updateVideo(uuid, { privacy });
      await everywhere(privacy === PUBLIC ? ['Now and then'] : []);
    }
    await origin.administrator.removeVideo(uuid);
    await everywhere([]);
  });

  test('of the channel arrives: who follows the old one shows the video no more, and hears when it is gone', async () => {
    const { videoChannel } = await origin.administrator.createChannel({
      name: 'second',
      displayName: 'Second',
    });
    const { uuid } = await publish({ name: 'Moved' });
    await origin.administrator.updateVideo(uuid, { channelId: videoChannel.id });
    await instances.untilIdle();
    const [ofInstance, ofChannel] = visitors();
    expect(await names(ofChannel!)).toEqual([]);
    expect(await ofInstance!.video(uuid)).toMatchObject({ channel: { name: 'second', host: origin.host } });
    await origin.administrator.removeVideo(uuid);
    await everywhere([]);
  });
});
