import type { CompactedDocument } from './compact.js';
import type { JsonObject } from './read-json.js';
import { count, date, malformed, neededId, neededUrl, number, objects, text, texts, url } from './values.js';

const HLS = 'application/x-mpegURL';
const MEDIA = /^(?:video|audio)\/[\w.+-]+$/;

/** A copy of a video's file, or of its HLS files, that another instance offers. */
export interface CacheFile {
  type: 'CacheFile';
  /** `<cache>/redundancy/videos/<uuid>/<height>-<fps>` in PeerTube. */
  id: string;
  /** The video. */
  object: string;
  /** Null: until it is taken back. */
  expires: Date | null;
  /** `file`: one that is played as it is. `playlist`: HLS, whose `href` is the folder of the copy. */
  copy: 'file' | 'playlist';
  href: string;
  mediaType: string;
  /** Pixels, 0 for sound alone; null for HLS. */
  height: number | null;
  /** Bytes; null for HLS. */
  size: number | null;
  /** Null when it is not said. */
  fps: number | null;
}

/** What is said of a copied file; the rest of a CacheFile is always the same. */
export interface CachedFile {
  id: string;
  /** The id of the video on its origin instance. */
  video: string;
  expires: Date | null;
  /** Where the copy is served. */
  href: string;
  mediaType: string;
  /** Pixels, 0 for sound alone: as the origin says of its file. */
  height: number;
  /** Bytes. */
  size: number;
  fps: number | null;
}

/** @throws DocumentRefusedError when it does not say what is where, until when. */
export function readCacheFile(document: CompactedDocument): CacheFile {
  const [link, ...others] = objects(document, 'url');
  const href = link && url(link, 'href');
  // Of several, one reader would take the first, another the last.
  if (!link || !href || others.length > 0 || texts(link, 'href').length > 1)
    throw malformed('one url with one href');
  return {
    type: 'CacheFile',
    id: neededId(document),
    object: neededUrl(document, 'object'),
    expires: expiry(document),
    href,
    ...copied(link),
  };
}

/** As PeerTube 6 sends it for a file that is played as it is; 7.1 and later ignore those. */
export function buildCacheFile({
  id,
  video,
  expires,
  fps,
  ...link
}: CachedFile): { id: string } & JsonObject {
  const { mediaType, href, height, size } = link;
  return {
    id,
    type: 'CacheFile',
    object: video,
    expires: expires && expires.toISOString(),
    url: { type: 'Link', mediaType, href, height, size, ...(fps !== null && { fps }) },
  };
}

/** A date that cannot be read is no lack of one: the copy would stay for ever. */
function expiry(document: CompactedDocument): Date | null {
  const expires = date(document, 'expires');
  if (expires === null && text(document, 'expires') !== null) throw malformed('expires as a date');
  return expires;
}

function copied(link: CompactedDocument): Pick<CacheFile, 'copy' | 'mediaType' | 'height' | 'size' | 'fps'> {
  const mediaType = text(link, 'mediaType', 100) ?? '';
  const fields = { mediaType, height: count(link, 'height'), size: count(link, 'size') };
  if (mediaType.toLowerCase() === HLS.toLowerCase()) return { copy: 'playlist', ...fields, fps: null };
  if (!MEDIA.test(mediaType)) throw malformed('a mediaType of video, sound or HLS');
  if (fields.height === null || !fields.size) throw malformed('height and size of the file');
  return { copy: 'file', ...fields, fps: number(link, 'fps') };
}
