import { defineFilter } from '../hook.js';
import type { UploadedMedia } from './upload.hooks.js';
import type { VideoReference } from './video.data.js';

/** How a video is encoded, as in the configuration's `media.transcoding`. */
export interface TranscodingProfile {
  /** Heights of the renditions below the original, in pixels. */
  readonly resolutions: readonly number[];
  /** Quality of H.264, 15 to 40; smaller is better and larger in bytes. */
  readonly crf: number;
  readonly preset: 'ultrafast' | 'superfast' | 'veryfast' | 'faster' | 'fast' | 'medium';
  readonly maxFps: number;
  /** Limits the bitrate: 0.15 is 4.1 Mbit/s for 720p at 30 pictures a second. */
  readonly maxBitsPerPixel: number;
  /** Seconds between key frames. */
  readonly keyFrameInterval: number;
  readonly threads: number;
}

export interface TranscodingContext {
  readonly video: VideoReference;
  readonly media: UploadedMedia;
}

export const transcodingProfileChosen = defineFilter<TranscodingProfile, TranscodingContext>({
  name: 'media.profile.choose',
  description: `
Called before the files of a video are made, and again before each rendition of it is encoded. The answer is checked as the configuration is, and an answer that
is out of its limits is not used. Answer the same for the same video: a job that is tried again asks again.`,
  example: `(profile, { media }) =>
    media.duration > 3600 ? { ...profile, resolutions: profile.resolutions.filter((height) => height <= 720) } : profile`,
});
