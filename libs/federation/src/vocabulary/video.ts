import type { CompactedDocument } from './compact.js';
import {
  type Attribution,
  type Labelled,
  readAttributions,
  readImages,
  readLabelled,
  type RemoteImage,
} from './parts.js';
import { count, date, flag, malformed, neededId, neededText, number, text, url, urls } from './values.js';
import { readVideoLinks, type VideoLinks } from './video-links.js';
import { readLicence, readSubtitles, readTags, secondsOf, type Subtitle } from './video-parts.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** PeerTube's numbers. */
export const COMMENTS = { enabled: 1, disabled: 2, needApproval: 3 } as const;

export interface Video extends VideoLinks {
  type: 'Video';
  id: string;
  uuid: string;
  name: string;
  /** Seconds. */
  duration: number;
  category: Labelled | null;
  licence: Labelled | null;
  language: Labelled | null;
  views: number;
  sensitive: boolean;
  /** A warning about the content. */
  summary: string | null;
  /** PeerTube's number; 1 is published. */
  state: number;
  waitTranscoding: boolean;
  downloadEnabled: boolean;
  commentsPolicy: number;
  isLive: boolean;
  published: Date;
  /** When it came out elsewhere, before it was uploaded. */
  originallyPublishedAt: Date | null;
  updated: Date;
  tags: string[];
  content: string;
  mediaType: string;
  support: string | null;
  aspectRatio: number | null;
  subtitles: Subtitle[];
  icons: RemoteImage[];
  /** Collections at its origin. */
  likes: string | null;
  dislikes: string | null;
  shares: string | null;
  comments: string | null;
  /** Its chapters. */
  hasParts: string | null;
  attributedTo: Attribution[];
  /** PeerTube 8: the channel. */
  audience: string[];
  to: string[];
  cc: string[];
}

/** What real servers leave out has the default that PeerTube gives it. @throws DocumentRefusedError when what nobody leaves out is not there. */
export function readVideo(document: CompactedDocument): Video {
  const published = date(document, 'published');
  const uuid = neededText(document, 'uuid', 100).toLowerCase();
  const attributedTo = readAttributions(document);
  if (!published) throw malformed('published');
  if (!UUID.test(uuid)) throw malformed('a UUID');
  if (attributedTo.length === 0) throw malformed('attributedTo');
  return {
    type: 'Video',
    id: neededId(document),
    uuid,
    name: neededText(document, 'name', 500),
    duration: secondsOf(text(document, 'duration', 40)),
    category: readLabelled(document, 'category'),
    licence: readLicence(document),
    language: readLabelled(document, 'language'),
    views: count(document, 'views') ?? 0,
    sensitive: flag(document, 'sensitive') ?? false,
    summary: text(document, 'summary', 1_000),
    state: count(document, 'state') ?? 1,
    waitTranscoding: flag(document, 'waitTranscoding') ?? false,
    downloadEnabled: flag(document, 'downloadEnabled') ?? true,
    commentsPolicy: commentsPolicyOf(document),
    isLive: flag(document, 'isLiveBroadcast') ?? false,
    published,
    originallyPublishedAt: date(document, 'originallyPublishedAt'),
    updated: date(document, 'updated') ?? published,
    tags: readTags(document),
    content: text(document, 'content') ?? '',
    mediaType: text(document, 'mediaType', 100) ?? 'text/html',
    support: text(document, 'support', 1_000),
    aspectRatio: number(document, 'aspectRatio'),
    subtitles: readSubtitles(document),
    icons: readImages(document, 'icon'),
    likes: url(document, 'likes'),
    dislikes: url(document, 'dislikes'),
    shares: url(document, 'shares'),
    comments: url(document, 'comments'),
    hasParts: url(document, 'hasParts'),
    attributedTo,
    audience: urls(document, 'audience'),
    to: urls(document, 'to'),
    cc: urls(document, 'cc'),
    ...readVideoLinks(document),
  };
}

/** Closed unless it says otherwise. Before version 7 PeerTube knew only open and closed. */
function commentsPolicyOf(document: CompactedDocument): number {
  const policy = count(document, 'commentsPolicy');
  if (policy !== null && (Object.values(COMMENTS) as number[]).includes(policy)) return policy;
  return flag(document, 'commentsEnabled') ? COMMENTS.enabled : COMMENTS.disabled;
}
