/** Path of the streams that the service worker answers: `/stream/<session>`. */
export const STREAM_PATH = '/stream/';

/** Bytes that the service worker fetches by itself when a video is opened, while the page is still busy rendering. */
export const HEAD_START = 1024 * 1024;

/** What is played as it is. */
const MEDIA_TYPES = ['video/mp4', 'video/webm'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** What the service worker has to know for that; part of the address of a stream. */
export interface HeadStart {
  /** Address of a seed. */
  seed: string;
  /** Bytes of the whole file. */
  size: number;
  mediaType: MediaType;
}

export const headStartQuery = ({ seed, size, mediaType }: HeadStart): string =>
  new URLSearchParams({ seed, size: String(size), type: mediaType }).toString();

/** Anybody can write an address: null unless it names a seed, a size, and a kind of file that is no page. */
export function readHeadStart(query: URLSearchParams): HeadStart | null {
  const seed = query.get('seed') ?? '';
  const size = Number(query.get('size'));
  const mediaType = MEDIA_TYPES.find((type) => type === query.get('type'));
  const isAddress = URL.canParse(seed) && /^https?:$/.test(new URL(seed).protocol);
  if (!isAddress || !Number.isSafeInteger(size) || size <= 0) return null;
  return mediaType ? { seed, size, mediaType } : null;
}

/** Service worker to page, with a port for the answer. */
export interface StreamRequest {
  type: 'vidiverse-stream';
  session: string;
  range: string | null;
}

/** Service worker to page: bytes of the head start, for the swarm and the figures. */
export interface HeadStartChunk {
  type: 'vidiverse-head-start';
  session: string;
  position: number;
  chunk: Uint8Array<ArrayBuffer>;
}

/** Page to service worker on the port: first a head, then a chunk for each pull, then the end. */
export type StreamAnswer =
  | { type: 'head'; status: number; headers: Record<string, string> }
  | { type: 'chunk'; chunk: Uint8Array<ArrayBuffer> }
  | { type: 'end' };

/** Service worker to page on the port. */
export type StreamControl = 'pull' | 'cancel';

/** Headers of a stream's answer; `start` and `end` (not included) when a range was asked for. */
export const streamHeaders = (
  { size, mediaType }: Pick<HeadStart, 'size' | 'mediaType'>,
  range?: { start: number; end: number },
): Record<string, string> => ({
  'content-type': mediaType,
  'content-length': String(range ? range.end - range.start : size),
  'accept-ranges': 'bytes',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  ...(range && { 'content-range': `bytes ${range.start}-${range.end - 1}/${size}` }),
});
