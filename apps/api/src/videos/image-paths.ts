import { hashUrl } from '../shared/hash-url.js';
import type { VideoEntity } from './video.entity.js';

/** Digits of the hash of a remote image's URL: another picture has another name, since caches keep each for ever. */
const HASH_LENGTH = 16;

/** The name under which this instance has an image of a remote video. */
export const remoteImageName = (uuid: string, url: string): string =>
  `${uuid}-${hashUrl(url).slice(0, HASH_LENGTH)}.jpg`;

/** Where a video's images are on this instance, whose own and remote ones are served alike; empty when there is none. */
export function imagePaths(video: VideoEntity): { thumbnailPath: string; previewPath: string } {
  const path = (folder: string, name: string | null, url: string | null) => {
    if (name) return `/lazy-static/${folder}/${name}`;
    return url ? `/lazy-static/${folder}/remote/${remoteImageName(video.uuid, url)}` : '';
  };
  return {
    thumbnailPath: path('thumbnails', video.thumbnailFilename, video.thumbnailUrl),
    previewPath: path('previews', video.previewFilename, video.previewUrl),
  };
}
