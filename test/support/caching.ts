import { setImmediate } from 'node:timers/promises';
import type { InstanceClient, Page } from './client.js';
import { makeMp4 } from './media/index.js';
import { until, uploadForm } from './uploads.js';
import { PUBLISHED, type Video } from './videos.js';

/** Environment of an instance that caches, and looks for what to cache all the time. */
export const QUICK_CACHING = {
  VIDIVERSE_CACHING_ENABLED: 'true',
  VIDIVERSE_CACHING_INTERVAL: '500',
  VIDIVERSE_CACHING_RETRY_DELAY: '200',
  VIDIVERSE_FEDERATION_SILENT_PAUSE: '200',
};

/** A copy as the API answers it. */
export interface Copy {
  id: number;
  video: { uuid: string; name: string | null };
  size: number;
  strategy: string;
  reason: string;
  state: string;
  verifiedBytes: number;
  bytesFrom: Record<string, number>;
  badSeeds: string[];
  servedBytes: number;
  error: string | null;
  fileUrl: string | null;
  documentUrl: string | null;
  documentSignedBy: string | null;
  expiresAt: string | null;
}

const caching = '/api/v1/server/caching';

export const setStrategies = (client: InstanceClient, ...strategies: object[]): Promise<void> =>
  client.call('PUT', `${caching}/policy`, { json: { strategies } });

export const copiesOf = async (client: InstanceClient): Promise<Copy[]> =>
  (await client.call<Page<Copy>>('GET', `${caching}/files`, { query: { count: 100 } })).data;

/** The copy of a video's file, once it is whole. */
export const cachedCopy = (client: InstanceClient, { uuid }: { uuid: string }): Promise<Copy> =>
  until(async () => {
    const copies = await copiesOf(client);
    return copies.find(({ video, state }) => video.uuid === uuid && state === 'cached');
  }, 'the video is cached');

/** Publishes a video of about so many bytes, none of which repeat. */
export async function publishLarge(client: InstanceClient, name: string, bytes: number): Promise<Video> {
  const [channel] = (await client.me()).videoChannels;
  const uploader = { address: client.address, token: client.token!, channelId: channel!.id };
  // 48 macroblocks of 385 bytes in a frame.
  const file = makeMp4({ frames: Math.ceil(bytes / (48 * 385)), seed: bytes });
  // Making a large one takes so long that the server has closed what was open: that has to be heard of before the next request.
  await setImmediate();
  const { body, status } = await uploadForm(uploader, file, { name });
  if (!body.video) throw new Error(`the upload was answered ${status} ${JSON.stringify(body)}`);
  const { uuid } = body.video;
  return until(async () => {
    const video = await client.video(uuid);
    return video.state.id === PUBLISHED && video.files[0]?.torrentUrl ? video : null;
  }, `"${name}" is published`);
}

/** A video of another instance, once it is known here. */
export const known = (client: InstanceClient, { uuid }: { uuid: string }): Promise<Video> =>
  until(() => client.video(uuid).catch(() => null), 'the video is known here');
