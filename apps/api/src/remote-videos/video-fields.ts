import { COMMENTS, PUBLIC, type RemoteImage, type Video } from '@vidiverse/federation';
import { plainText } from '../shared/plain-text.js';
import { truncate } from '../shared/text.js';
import { searchText } from '../videos/search-text.js';
import { CATEGORIES, LICENCES } from '../videos/video-constants.js';
import { type VideoEntity, VideoPrivacy, VideoState } from '../videos/video.entity.js';

const MAX_NAME = 120;
const MAX_DESCRIPTION = 10_000;
const MAX_SUPPORT = 1000;
const TAG_LENGTHS = { min: 2, max: 30 };
const MAX_SECONDS = 2 ** 31 - 1;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/;
const MAX_LANGUAGE = 20;
const MAX_PLAYLISTS = 2;
/** What a list shows is at least so wide, when there is a choice. */
const THUMBNAIL_WIDTH = 200;
/** What every database takes for a date. */
const FIRST_DATE = new Date('1000-01-01T00:00:00Z');

type Fields = Omit<
  VideoEntity,
  'id' | 'uuid' | 'channel' | 'channelId' | 'files' | 'stampInsert' | 'stampUpdate' | 'createdAt'
>;

/** The columns of a remote video, within our own limits whatever its instance sends. */
export function videoFields(video: Video, urlHash: string): Fields {
  const name = truncate(video.name.trim(), MAX_NAME);
  const tags = video.tags
    .map((tag) => tag.trim())
    .filter(({ length }) => length >= TAG_LENGTHS.min && length <= TAG_LENGTHS.max);
  const updated = notInFuture(video.updated);
  return {
    url: video.id,
    urlHash,
    remote: true,
    remoteUpdatedAt: updated,
    fetchedAt: new Date(),
    updatedAt: updated,
    name,
    tags,
    searchText: searchText(name, tags),
    ...texts(video),
    ...constants(video),
    ...images(video.icons),
    nsfw: video.sensitive,
    privacy: video.to.includes(PUBLIC) ? VideoPrivacy.Public : VideoPrivacy.Unlisted,
    state: VideoState.Published,
    waitTranscoding: video.waitTranscoding,
    downloadEnabled: video.downloadEnabled,
    commentsEnabled: video.commentsPolicy !== COMMENTS.disabled,
    duration: Math.min(video.duration, MAX_SECONDS),
    aspectRatio: video.aspectRatio !== null && video.aspectRatio > 0 ? video.aspectRatio : null,
    views: video.views,
    remotePlaylists: video.playlists.slice(0, MAX_PLAYLISTS).map(({ href, segmentsSha256 }) => ({
      playlistUrl: href,
      segmentsSha256Url: segmentsSha256,
    })),
    publishedAt: notInFuture(video.published),
    originallyPublishedAt: video.originallyPublishedAt && storable(video.originallyPublishedAt),
    thumbnailFilename: null,
    previewFilename: null,
    originalFilename: null,
    originalSize: 0,
  } as Fields;
}

function texts({ content, mediaType, support }: Video): Pick<Fields, 'description' | 'support'> {
  const description = mediaType === 'text/markdown' ? content : plainText(content);
  return {
    description: description.trim() === '' ? null : truncate(description, MAX_DESCRIPTION),
    support: support === null ? null : truncate(support, MAX_SUPPORT),
  };
}

function constants(video: Video): Pick<Fields, 'category' | 'licence' | 'language'> {
  const known = (labels: Record<number, string>, identifier: string | undefined): number | null => {
    const id = Number(identifier);
    return Object.hasOwn(labels, id) ? id : null;
  };
  const language = video.language?.identifier ?? '';
  return {
    category: known(CATEGORIES, video.category?.identifier),
    licence: known(LICENCES, video.licence?.identifier),
    language: LANGUAGE.test(language) && language.length <= MAX_LANGUAGE ? language : null,
  };
}

/** The smallest picture that fills a list's place, and the largest. */
function images(icons: RemoteImage[]): Pick<Fields, 'thumbnailUrl' | 'previewUrl'> {
  const byWidth = icons.toSorted((a, b) => (a.width ?? 0) - (b.width ?? 0));
  const thumbnail = byWidth.find(({ width }) => (width ?? 0) >= THUMBNAIL_WIDTH) ?? byWidth.at(-1);
  return { thumbnailUrl: thumbnail?.url ?? null, previewUrl: byWidth.at(-1)?.url ?? null };
}

const storable = (date: Date): Date | null => (date >= FIRST_DATE && date.getFullYear() < 9999 ? date : null);

/** A date that is still to come would keep a video at the head of all lists, and later Updates out. */
function notInFuture(date: Date): Date {
  const now = new Date();
  return date < FIRST_DATE || date > now ? now : date;
}
