import { type CacheFile, hostOf } from '@vidiverse/federation';
import type { ActorEntity } from '../actors/actor.entity.js';
import type { VideoFileEntity } from '../videos/video-file.entity.js';

/** Who may speak for a whole instance. */
const INSTANCE_ACTORS = ['Application', 'Service'];

/**
 * Why an offer is refused whatever it is an offer of; null when nothing is against it. Only an instance offers, and only what
 * it serves itself: whoever may name another's address sends that one all the viewers.
 */
export function offerFault(
  { id, href, copy, expires }: CacheFile,
  { type, host }: Pick<ActorEntity, 'type' | 'host'>,
  allowHttp: boolean,
  now = new Date(),
): string | null {
  if (!INSTANCE_ACTORS.includes(type)) return 'Only instances offer copies of videos.';
  if (hostOf(id) !== host) return 'It is said by another server than the one that names it.';
  if (copy === 'playlist') return 'There is no HLS here that could be copied.';
  if (hostOf(href) !== host) return 'The copy is at another server than the one that offers it.';
  if (!allowHttp && new URL(href).protocol !== 'https:') return 'The copy is not served by https.';
  if (new URL(href).hash !== '') return 'The address of the copy has a fragment.';
  if (expires !== null && expires <= now) return 'Its time is over.';
  return null;
}

/** Which of a video's files is copied: the one of that height and size; null when there is none. */
export function offeredFile<File extends Pick<VideoFileEntity, 'height' | 'size' | 'mediaType' | 'fps'>>(
  { height, size, mediaType, fps }: CacheFile,
  files: File[],
): File | null {
  const same = files.filter(
    (file) => file.height === height && file.size === size && file.mediaType === mediaType,
  );
  // Peers round the frame rate each in their way: it only tells one from another.
  return same.find((file) => file.fps === Math.round(fps ?? 0)) ?? same[0] ?? null;
}
