import { type Actor, isActorType, readActor } from './actors.js';
import type { CompactedDocument } from './compact.js';
import { type CacheFile, readCacheFile } from './cache-file.js';
import { date, flag, neededId, text, url, urls } from './values.js';
import { readVideo, type Video } from './video.js';

export interface Note {
  type: 'Note';
  id: string;
  attributedTo: string | null;
  inReplyTo: string | null;
  /** HTML, or Markdown when `mediaType` says so. Not cleaned. */
  content: string;
  mediaType: string;
  to: string[];
  cc: string[];
  sensitive: boolean;
  published: Date | null;
  updated: Date | null;
  /** A page for people. */
  url: string | null;
  /** PeerTube: the URL by which the video's author approved the reply. */
  replyApproval: string | null;
}

/** What was there and is gone. */
export interface Tombstone {
  type: 'Tombstone';
  id: string;
  deleted: Date | null;
}

export type FederatedObject = Video | Note | CacheFile | Actor | Tombstone;

/** An object in its type; null when it is of a type that is not read here. @throws DocumentRefusedError when it lacks what its type needs. */
export function readObject(document: CompactedDocument): FederatedObject | null {
  const { types } = document;
  if (types.includes('Video')) return readVideo(document);
  if (types.includes('Note')) return readNote(document);
  if (types.includes('CacheFile')) return readCacheFile(document);
  if (types.includes('Tombstone')) {
    return { type: 'Tombstone', id: neededId(document), deleted: date(document, 'deleted') };
  }
  return types.some(isActorType) ? readActor(document) : null;
}

export function readNote(document: CompactedDocument): Note {
  return {
    type: 'Note',
    id: neededId(document),
    attributedTo: url(document, 'attributedTo'),
    inReplyTo: url(document, 'inReplyTo'),
    content: text(document, 'content') ?? '',
    mediaType: text(document, 'mediaType', 100) ?? 'text/html',
    to: urls(document, 'to'),
    cc: urls(document, 'cc'),
    sensitive: flag(document, 'sensitive') ?? false,
    published: date(document, 'published'),
    updated: date(document, 'updated'),
    url: url(document, 'url'),
    replyApproval: url(document, 'replyApproval'),
  };
}
