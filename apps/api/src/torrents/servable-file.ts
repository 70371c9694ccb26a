import type { StorageArea } from '../storage/file-storage.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { ShortCache } from './short-cache.js';

/** How long a change made by another process may go unseen. */
const CACHE_MS = 5000;
const MAX_CACHED = 10_000;
const FILE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$/;

/** A file with what decides about it. */
export interface ServableFile {
  filename: string;
  /** Where it is kept: our own files, or our copies of other instances'. */
  area: Extract<StorageArea, 'web-videos' | 'redundancy'>;
  mediaType: string;
  resolution: number;
  video: VideoEntity;
  /** Served to whoever asks. */
  open: boolean;
}

/** Whether a file of ours may have this name; nothing else is looked up. */
export const isFileName = (name: string): boolean => FILE_NAME.test(name);

/** Decisions are remembered for seconds: a player asks for hundreds of ranges. */
export const servableFiles = (): ShortCache<ServableFile> => new ShortCache(CACHE_MS, MAX_CACHED);
