import type { Video } from '@vidiverse/federation';
import { sameOrigin } from '@vidiverse/federation';
import { defineJob } from '../jobs/job-queue.js';

export interface ReactionsOf {
  videoId: number;
  /** Collections at the origin; null when it has none. */
  likes: string | null;
  dislikes: string | null;
  comments: string | null;
}

/** Asks the origin of a video what was said of it before it came here: later comments are told. */
export const readReactions = defineJob<ReactionsOf>({ name: 'remote-videos.read-reactions', concurrency: 2 });

/** Collections elsewhere say nothing about this video. */
export function reactionsOf(videoId: number, { id, likes, dislikes, comments }: Video): ReactionsOf {
  const own = (url: string | null) => (url !== null && sameOrigin(url, id) ? url : null);
  return { videoId, likes: own(likes), dislikes: own(dislikes), comments: own(comments) };
}
