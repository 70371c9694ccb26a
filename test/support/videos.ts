import type { InstanceClient } from './client.js';
import { makeMp4 } from './media/index.js';
import { until, uploadForm } from './uploads.js';

/** Environment of an instance that publishes a small clip at once: nothing is encoded, and looks for jobs are frequent. */
export const QUICK_PUBLISHING = {
  VIDIVERSE_MEDIA_FFMPEG_PATH: 'none',
  VIDIVERSE_JOBS_POLL_INTERVAL: '200',
  VIDIVERSE_JOBS_RECONCILE_INTERVAL: '50',
};

/** The field of a video's files that tests look at. */
export interface VideoFile {
  id: number;
  size: number;
  infoHash: string | null;
  magnetUri: string;
  torrentUrl: string;
  torrentDownloadUrl: string;
  fileUrl: string;
  fileDownloadUrl: string;
  metadataUrl: string;
}

/** A video as the API answers it, as far as tests look at it. */
export interface Video {
  id: number;
  uuid: string;
  shortUUID: string;
  name: string;
  description: string | null;
  support: string | null;
  tags: string[];
  privacy: { id: number };
  state: { id: number };
  category: { id: number | null; label: string };
  channel: { id: number; name: string };
  views: number;
  likes: number;
  dislikes: number;
  comments: number;
  nsfw: boolean;
  thumbnailPath: string;
  previewPath: string;
  updatedAt: string;
  originallyPublishedAt: string | null;
  files: VideoFile[];
}

export const PUBLISHED = 1;

let madeClip: Buffer | undefined;
/** The same each time, and made once: it takes as long as all that the server does with it. */
const smallClip = (): Buffer => (madeClip ??= makeMp4({ frames: 5 }));

/** Uploads a small clip into the user's first channel; its processing may go on. */
export async function uploadVideo(
  client: InstanceClient,
  fields: Record<string, unknown> = {},
): Promise<{ id: number; uuid: string; shortUUID: string }> {
  const [channel] = (await client.me()).videoChannels;
  const uploader = { address: client.address, token: client.token!, channelId: channel!.id };
  const { status, body } = await uploadForm(uploader, smallClip(), fields);
  if (!body.video) throw new Error(`the upload was answered ${status} ${JSON.stringify(body)}`);
  return body.video;
}

/** The same, published and with the torrent of its file. */
export async function publishVideo(
  client: InstanceClient,
  fields: Record<string, unknown> = {},
): Promise<Video> {
  const { uuid } = await uploadVideo(client, fields);
  return until(
    async () => {
      const video = await client.video(uuid);
      return video.state.id === PUBLISHED && video.files.length > 0 ? video : null;
    },
    `"${String(fields.name ?? uuid)}" is published`,
  );
}
