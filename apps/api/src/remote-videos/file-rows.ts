import { hostOf, linkUrl, type RemoteFile, type Video, webUrl } from '@vidiverse/federation';
import type { VideoFileEntity } from '../videos/video-file.entity.js';

/** Files of one video; more are left out. */
const MAX_FILES = 50;
const MAX_TRACKERS = 10;
const MAX_WEB_SEEDS = 20;
const MAX_PIXELS = 20_000;
const MAX_FPS = 1000;
const INFO_HASH = /^urn:btih:([\da-f]{40})$/i;

/** What browsers play, and how its files are called. */
const EXTENSIONS: Record<string, string> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/ogg': 'ogv',
  'audio/mp4': 'm4a',
};

export type FileFields = Pick<
  VideoFileEntity,
  | 'mediaType'
  | 'resolution'
  | 'width'
  | 'height'
  | 'fps'
  | 'size'
  | 'hasAudio'
  | 'hasVideo'
  | 'infoHash'
  | 'torrentFilename'
> & { remoteSources: NonNullable<VideoFileEntity['remoteSources']> };

/** The files of a remote video that can be played. One that is malformed is left out, and the others stay. */
export function fileFields(video: Video): FileFields[] {
  const found = new Map<string, FileFields>();
  for (const file of video.files.slice(0, MAX_FILES)) {
    const fields = fieldsOf(video, file);
    if (fields && !found.has(file.href)) found.set(file.href, fields);
  }
  return [...found.values()];
}

export const extensionOf = (mediaType: string): string => EXTENSIONS[mediaType]!;

function fieldsOf(video: Video, file: RemoteFile): FileFields | null {
  const { href, mediaType, height, size } = file;
  if (!Object.hasOwn(EXTENSIONS, mediaType) || webUrl(href) === null) return null;
  if (size === null || size === 0 || height > MAX_PIXELS) return null;
  const magnet = readMagnet(file.magnet);
  return {
    mediaType,
    resolution: height,
    height,
    width: Math.min(file.width ?? Math.round(height * (video.aspectRatio ?? 16 / 9)), MAX_PIXELS),
    fps: Math.min(Math.max(Math.round(file.fps ?? 0), 0), MAX_FPS),
    size,
    hasAudio: true,
    hasVideo: height > 0,
    // Without a valid hash it is played over HTTP alone.
    infoHash: magnet.infoHash,
    torrentFilename: null,
    remoteSources: {
      fileUrl: href,
      torrentUrl: magnet.torrentUrl ?? webUrl(file.torrent) ?? '',
      webSeeds: magnet.webSeeds.filter((url) => url !== href),
      trackers: trackersOf(video, magnet.trackers),
    },
  };
}

function readMagnet(magnet: string | null) {
  const fields = new URLSearchParams(magnet?.slice(magnet.indexOf('?') + 1) ?? '');
  const hashes = fields.getAll('xt').flatMap((topic) => INFO_HASH.exec(topic)?.[1]?.toLowerCase() ?? []);
  return {
    infoHash: hashes[0] ?? null,
    torrentUrl: fields.getAll('xs').find((url) => webUrl(url) !== null) ?? null,
    webSeeds: unique(fields.getAll('ws').filter((url) => webUrl(url) !== null)).slice(0, MAX_WEB_SEEDS),
    trackers: fields.getAll('tr'),
  };
}

/** Those it names; when it names none, those that every PeerTube has. */
function trackersOf(video: Video, ofMagnet: string[]): string[] {
  const named = unique([...ofMagnet, ...video.trackers]).filter(
    (url) => linkUrl(url) !== null && !url.startsWith('magnet:'),
  );
  if (named.length > 0) return named.slice(0, MAX_TRACKERS);
  const host = hostOf(video.id)!;
  const secure = video.id.startsWith('https:') ? 's' : '';
  return [`http${secure}://${host}/tracker/announce`, `ws${secure}://${host}/tracker/socket`];
}

const unique = (values: string[]): string[] => [...new Set(values)];
