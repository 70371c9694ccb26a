import { defineJob, exponentialBackoff } from '../jobs/job-queue.js';

export interface VideoPayload {
  videoId: number;
}

export interface RenditionPayload extends VideoPayload {
  /** 720 for 720p. */
  resolution: number;
}

/** A tool that crashed once may have lacked memory for a moment: one more try. */
const ATTEMPTS = 2;
const backoff = exponentialBackoff(5000, 60_000);

/** From the accepted original to a published video. Runs again from the original after a crash. */
export const processVideo = defineJob<VideoPayload>({
  name: 'media.process',
  attempts: ATTEMPTS,
  backoff,
  concurrency: 1,
});

/** One smaller rendition of a video. */
export const makeRendition = defineJob<RenditionPayload>({
  name: 'media.rendition',
  attempts: ATTEMPTS,
  backoff,
  concurrency: 1,
});

/** A video that can be watched comes before renditions of others. */
export const RENDITION_PRIORITY = 10;
