import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { makeH264Mp4, testWithFfmpeg } from '../support/media/index.js';
import { until, uploaderOf, uploadForm } from '../support/uploads.js';
import { publishVideo } from '../support/videos.js';

const MINUTE = 60_000;
let instances: Instances;
let origin: FederatedInstance;
let follower: FederatedInstance;

beforeAll(async () => {
  instances = await createInstances(2, {
    environment: {
      VIDIVERSE_FEDERATION_VIDEOS_UPDATE_DELAY: '1000',
      VIDIVERSE_MEDIA_FFMPEG_PATH: 'ffmpeg',
      VIDIVERSE_MEDIA_TRANSCODING_RESOLUTIONS: '144,240',
    },
  });
  [origin, follower] = instances.all as [FederatedInstance, FederatedInstance];
  await follower.administrator.follow({ hosts: [origin.host] });
  await instances.untilIdle();
}, 2 * MINUTE);
afterAll(() => instances.close(), MINUTE);

/** Updates that the follower was told, of what. */
async function updatesOf({ uuid }: { uuid: string }): Promise<number> {
  const { data } = await follower.administrator.inboxActivities({ type: 'Update', count: 100 });
  return data.filter(({ activity }) => activity.id.includes(uuid)).length;
}

/** A clip of 360 lines, of which two smaller ones are made after it is published. */
async function upload(): Promise<{ uuid: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'vidiverse-clip-'));
  try {
    await makeH264Mp4(join(folder, 'clip.mp4'), { seconds: 2 });
    const file = await readFile(join(folder, 'clip.mp4'));
    const { body } = await uploadForm(await uploaderOf(origin), file, { name: 'With renditions' });
    return body.video!;
  } finally {
    await rm(folder, { recursive: true });
  }
}

testWithFfmpeg(
  'files that are made after a video is published arrive with few words',
  async () => {
    const video = await upload();
    const heights = async (instance: FederatedInstance) =>
      (await instance.administrator.video(video.uuid)).files.map(({ infoHash, size }) => [infoHash, size]);
    await until(async () => (await heights(origin)).length === 3, 'three files are made', 2 * MINUTE);
    await instances.untilIdle();
    expect(await heights(follower)).toEqual(await heights(origin));
    expect(await updatesOf(video)).toBeLessThanOrEqual(2);
  },
  4 * MINUTE,
);

test(
  'pictures and fields that change at once are told once',
  async () => {
    const video = await publishVideo(origin.administrator, { name: 'As it was' });
    await instances.untilIdle();
    const before = await updatesOf(video);
    const image = await fetch(origin.address + video.thumbnailPath).then((answer) => answer.blob());
    const form = new FormData();
    form.set('name', 'As it is');
    form.set('thumbnailfile', image, 'a.jpg');
    form.set('previewfile', image, 'b.jpg');
    const answer = await fetch(`${origin.address}/api/v1/videos/${video.uuid}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${origin.administrator.token}` },
      body: form,
    });
    expect(answer.status).toBe(204);
    await instances.untilIdle();
    expect((await updatesOf(video)) - before).toBe(1);
    const { previewPath, name } = await follower.administrator.video(video.uuid);
    expect(name).toBe('As it is');
    expect((await fetch(follower.address + previewPath)).status).toBe(200);
  },
  MINUTE,
);
