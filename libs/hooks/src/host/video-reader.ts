import type { VideoDetails, VideoPage } from './video.data.js';
import type { VideoListParameters } from './video-list.hooks.js';

/** Port: videos of this instance and of others, as a visitor sees them who is not logged in. Filters of plugins are not asked. */
export abstract class VideoReader {
  /** A published video that is public or unlisted, by UUID; null when there is none. */
  abstract get(uuid: string): Promise<VideoDetails | null>;

  /** Public videos. Left out: from the first, 15 of them, the newest first. */
  abstract list(parameters?: Partial<VideoListParameters>): Promise<VideoPage>;
}
