import { defineGuard } from '../hook.js';
import type { Viewer } from './people.data.js';

/** What a look into an uploaded file has shown. */
export interface UploadedMedia {
  /** `video/mp4`, `video/webm`, ... */
  readonly mediaType: string;
  /** Seconds. */
  readonly duration: number;
  /** Pixels as shown, after rotation. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly videoCodec: string;
  /** Null without sound. */
  readonly audioCodec: string | null;
}

/** A file that has arrived whole, and what its uploader says about it. */
export interface Upload {
  readonly uploader: Viewer;
  readonly channelId: number;
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly category: number | null;
  readonly language: string | null;
  /** 1 public, 2 unlisted, 3 private, 4 internal. */
  readonly privacy: number;
  readonly nsfw: boolean;
  /** Bytes. */
  readonly size: number;
  readonly media: UploadedMedia;
}

export const uploadAccepted = defineGuard<Upload>({
  name: 'uploads.video.accept',
  description: `
Called when the file of an upload has arrived whole, was found to be a video and fits the quota, before there is a video of
it. \`refuse\` and \`hold\` both end the upload, and its file is not kept; the uploader reads the reason. After \`hold\` the
answer says that the same upload may be tried again later.`,
  example: `({ name, uploader }) =>
    uploader.role === 'user' && /free money/i.test(name) ? refuse('This title is not wanted here.') : undefined`,
});
