import type { CompactedDocument } from './compact.js';
import { count, number, objects, text, texts } from './values.js';
import { linkUrl, webUrl } from './urls.js';

const MAGNET = 'application/x-bittorrent;x-scheme-handler/magnet';
const TORRENT = 'application/x-bittorrent';
const HLS = 'application/x-mpegURL';
const MEDIA = /^(video|audio)\//;
const MAX_LINKS = 500;

/** One file of a video, with the links that belong to it: those of the same height (and frame rate, when both say one). */
export interface RemoteFile {
  href: string;
  mediaType: string;
  /** Pixels; 0 for sound alone. */
  height: number;
  width: number | null;
  fps: number | null;
  /** Bytes. */
  size: number | null;
  magnet: string | null;
  torrent: string | null;
  /** PeerTube's JSON with the output of ffprobe. */
  metadata: string | null;
}

export interface RemotePlaylist {
  /** The HLS master playlist. */
  href: string;
  /** JSON with the SHA-256 of every segment. */
  segmentsSha256: string | null;
  infoHashes: string[];
  files: RemoteFile[];
}

export interface VideoLinks {
  /** A page for people. */
  page: string | null;
  files: RemoteFile[];
  playlists: RemotePlaylist[];
  /** Announce URLs: http(s) and ws(s). */
  trackers: string[];
}

interface Link {
  href: string;
  mediaType: string;
  height: number;
  width: number | null;
  fps: number | null;
  size: number | null;
  rel: string[];
  name: string | null;
  parts: CompactedDocument[];
}

/** The links of a video as PeerTube sends them, put together by file. */
export function readVideoLinks(video: CompactedDocument): VideoLinks {
  const links = readLinks(objects(video, 'url'));
  const bare = texts(video, 'url').find((value) => webUrl(value) !== null) ?? null;
  return {
    page: links.find(({ mediaType }) => mediaType === 'text/html')?.href ?? bare,
    files: filesOf(links),
    playlists: links.filter(({ mediaType }) => mediaType === HLS).map(playlistOf),
    trackers: links.filter(({ rel }) => rel.includes('tracker')).map(({ href }) => href),
  };
}

function playlistOf({ href, parts }: Link): RemotePlaylist {
  const links = readLinks(parts.filter(({ types }) => !types.includes('Infohash')));
  return {
    href,
    segmentsSha256: links.find(({ name }) => name === 'sha256')?.href ?? null,
    infoHashes: parts
      .filter(({ types }) => types.includes('Infohash'))
      .flatMap((part) => texts(part, 'name').filter((hash) => /^[\da-f]{40}$/i.test(hash))),
    files: filesOf(links),
  };
}

function filesOf(links: Link[]): RemoteFile[] {
  const isFile = ({ mediaType, rel }: Link) => MEDIA.test(mediaType) && !rel.includes('metadata');
  return links.filter(isFile).map((file) => {
    const beside = links.filter((link) => belongs(link, file));
    const { href, mediaType, height, width, fps, size } = file;
    const hrefOf = (kind: (link: Link) => boolean) => beside.find(kind)?.href ?? null;
    return {
      href,
      mediaType,
      height,
      width,
      fps,
      size,
      magnet: hrefOf((link) => link.mediaType === MAGNET),
      torrent: hrefOf((link) => link.mediaType === TORRENT),
      metadata: hrefOf(({ rel }) => rel.includes('metadata')),
    };
  });
}

const belongs = (link: Link, file: Link): boolean =>
  link.height === file.height && (link.fps === null || file.fps === null || link.fps === file.fps);

const readLinks = (documents: CompactedDocument[]): Link[] =>
  documents.slice(0, MAX_LINKS).flatMap((document) => {
    const href = linkUrl(texts(document, 'href')[0]);
    if (href === null) return [];
    return [
      {
        href,
        mediaType: text(document, 'mediaType', 100) ?? '',
        height: count(document, 'height') ?? 0,
        width: count(document, 'width'),
        fps: number(document, 'fps'),
        size: count(document, 'size'),
        rel: texts(document, 'rel'),
        name: text(document, 'name', 100),
        parts: objects(document, 'tag'),
      },
    ];
  });
