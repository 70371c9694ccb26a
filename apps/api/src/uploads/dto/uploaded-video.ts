import { z } from 'zod';
import { toShortUuid } from '../../videos/short-uuid.js';
import type { VideoEntity } from '../../videos/video.entity.js';

/** The answer to a finished upload, in PeerTube's shape. */
export const uploadedVideo = z.object({
  video: z.object({
    id: z.number().int(),
    uuid: z.uuid(),
    shortUUID: z.string().describe('Stands for the UUID in short URLs.'),
  }),
});
export type UploadedVideo = z.output<typeof uploadedVideo>;

export const toUploadedVideo = ({ id, uuid }: Pick<VideoEntity, 'id' | 'uuid'>): UploadedVideo => ({
  video: { id, uuid, shortUUID: toShortUuid(uuid) },
});
