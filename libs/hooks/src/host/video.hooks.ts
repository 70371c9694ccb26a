import { defineEvent, defineFilter, defineGuard } from '../hook.js';
import type { Viewer } from './people.data.js';
import type { VideoDetails, VideoReference, VideoRow } from './video.data.js';

export const videoPublished = defineEvent<VideoRow>({
  name: 'videos.video.published',
  description: `
A video of this instance can be watched from now on by whom its privacy lets: it was processed, or its owner need not wait
for all of it. Told once for each video.`,
  example: `async ({ name, url }) => void console.log(\`new: \${name} at \${url}\`)`,
});

export const videoUpdated = defineEvent<VideoRow>({
  name: 'videos.video.updated',
  description: `
Fields, files, images, privacy or state of a video of this instance are others; that it is published is told by
\`videos.video.published\` alone. It may come several times for one change, and before the video is published.`,
  example: `({ uuid, privacy }) => void console.log(uuid, privacy.label)`,
});

/** What a deleted video leaves behind. */
export interface DeletedVideo {
  readonly id: number;
  readonly uuid: string;
  /** Names of its files, which are removed by the instance. */
  readonly filenames: readonly string[];
  readonly infoHashes: readonly string[];
}

export const videoDeleted = defineEvent<DeletedVideo>({
  name: 'videos.video.deleted',
  description: 'A video of this instance is gone, by its owner, the staff, or with its user.',
  example: `({ uuid }) => void console.log('gone:', uuid)`,
});

export const videoViewed = defineEvent<VideoReference>({
  name: 'videos.video.viewed',
  description: `
Somebody has watched ten seconds of a video on this instance, or nearly all of a shorter one: a view is counted. Told once
per viewer and hour, for videos of this instance and of others, of every privacy. Who it is is not said; views that other
instances tell are not told.`,
  example: `({ name, isLocal }) => void console.log('watched:', name, isLocal ? 'of ours' : 'of others')`,
});

export interface VideoShownContext {
  /** Null: a visitor who is not logged in. */
  readonly viewer: Viewer | null;
}

export const videoShown = defineFilter<VideoDetails, VideoShownContext>({
  name: 'videos.video.show',
  description: `
Called for each \`GET /api/v1/videos/{id}\` by somebody who may see the video. The answer is the JSON that is sent; what a
plugin adds stands in \`pluginData\` under the plugin's name, and what is taken away is missed by clients.`,
  example: `(video) => ({ ...video, pluginData: { ...video.pluginData, chapters: [{ at: 0, title: 'Begin' }] } })`,
});

/** Somebody wants a file as a download. */
export interface Download {
  readonly viewer: Viewer | null;
  readonly video: VideoReference;
  readonly file: {
    readonly name: string;
    /** Height in pixels. */
    readonly resolution: number;
    readonly mediaType: string;
  };
}

export const downloadRequested = defineGuard<Download>({
  name: 'videos.file.download',
  description: `
Called for each request of \`/download/web-videos/{file}\` that the video's own settings allow, also for each range of one.
It is not asked for the WebSeed: what is played is no download. Both \`refuse\` and \`hold\` answer 403 with the reason.`,
  example: `({ viewer }) => (viewer === null ? refuse('Log in to download.') : undefined)`,
});
