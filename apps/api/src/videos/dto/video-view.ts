import { z } from 'zod';
import { pageOf } from '../../shared/page.js';
import { accountSummarySchema, accountViewSchema } from '../../accounts/dto/account-view.js';
import { channelSummarySchema, channelViewSchema } from '../../channels/dto/channel-view.js';

const constantOf = <T extends z.ZodType>(id: T) => z.object({ id: id.nullable(), label: z.string() });
const instant = z.iso.datetime().describe('UTC, milliseconds.');
const path = z.string().describe('A path on this site; empty when there is none.');

const fields = {
  id: z.int(),
  uuid: z.uuid(),
  shortUUID: z.string().describe('22 characters that stand for the UUID in short URLs.'),
  url: z.url().describe('The page, and the ActivityPub id.'),
  name: z.string(),
  category: constantOf(z.int()),
  licence: constantOf(z.int()),
  language: constantOf(z.string()),
  privacy: constantOf(z.int()).describe('1 public, 2 unlisted, 3 private, 4 internal.'),
  state: constantOf(z.int()).describe('1 published, 2 to transcode, 8 transcoding failed.'),
  nsfw: z.boolean(),
  truncatedDescription: z.string().nullable().describe('The first 250 characters.'),
  description: z.string().nullable().describe('Markdown; in lists the first 250 characters.'),
  isLocal: z.boolean(),
  isLive: z.boolean(),
  duration: z.int().describe('Seconds.'),
  aspectRatio: z.number().nullable().describe('Width divided by height.'),
  views: z.int(),
  viewers: z.int().describe('Watching now.'),
  likes: z.int(),
  dislikes: z.int(),
  comments: z.int(),
  thumbnailPath: path,
  previewPath: path,
  embedPath: path,
  createdAt: instant,
  updatedAt: instant,
  publishedAt: instant,
  originallyPublishedAt: instant.nullable(),
  pluginData: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Beyond PeerTube: what plugins add, each under its own name.'),
};

/** A row of a list of videos. */
export const videoViewSchema = z
  .object({ ...fields, account: accountSummarySchema, channel: channelSummarySchema })
  .meta({ id: 'Video' });
export type VideoView = z.output<typeof videoViewSchema>;

/** A row of one's own videos. */
export const ownVideoViewSchema = z
  .object({
    ...videoViewSchema.shape,
    blacklisted: z.boolean(),
    blacklistedReason: z.string().nullable(),
    waitTranscoding: z.boolean(),
  })
  .meta({ id: 'OwnVideo' });
export type OwnVideoView = z.output<typeof ownVideoViewSchema>;

export const videoFileViewSchema = z
  .object({
    id: z.int(),
    resolution: z.object({ id: z.int().describe('Height in pixels; 0 is sound only.'), label: z.string() }),
    width: z.int(),
    height: z.int(),
    fps: z.int(),
    size: z.int().describe('Bytes.'),
    mediaType: z.string().describe('Beyond PeerTube: `video/mp4` or `video/webm`.'),
    infoHash: z
      .string()
      .nullable()
      .describe('Beyond PeerTube: 40 hex digits; null when there is no torrent.'),
    swarm: z
      .object({ seeders: z.int(), leechers: z.int() })
      .describe('Beyond PeerTube: who shares this file right now, by this instance’s tracker.'),
    magnetUri: z.string().describe('Empty for private and internal videos.'),
    torrentUrl: z.string().describe('Empty for private and internal videos.'),
    torrentDownloadUrl: z.string(),
    fileUrl: z
      .string()
      .describe('The WebSeed. For private and internal videos it carries a token that ends.'),
    fileDownloadUrl: z.string(),
    webSeeds: z
      .array(z.string())
      .describe(
        'Beyond PeerTube: every WebSeed. First that of `fileUrl`, then checked copies of cache instances, the best first.',
      ),
    redundancies: z
      .array(z.object({ baseUrl: z.url().describe('The folder of the copy.') }))
      .describe('The copies among `webSeeds`, in the form PeerTube has for HLS.'),
    metadataUrl: z.string(),
    hasAudio: z.boolean(),
    hasVideo: z.boolean(),
    storage: z.int().describe('0: local disk.'),
  })
  .meta({ id: 'VideoFile' });
export type VideoFileView = z.output<typeof videoFileViewSchema>;

/** HLS of a remote video, in PeerTube's shape. */
export const streamingPlaylistSchema = z
  .object({
    id: z.int(),
    type: z.int().describe('1: HLS.'),
    playlistUrl: z.url().describe('The master playlist, at the origin.'),
    segmentsSha256Url: z.string().describe('Empty when it is not known.'),
    trackerUrls: z.array(z.string()),
    redundancies: z.array(z.object({ baseUrl: z.url() })),
    files: z.array(videoFileViewSchema),
  })
  .meta({ id: 'StreamingPlaylist' });
export type StreamingPlaylistView = z.output<typeof streamingPlaylistSchema>;

/** A page of videos. */
export const videoPageSchema = pageOf(videoViewSchema);

/** What a search by URL says beside. */
export const videoSearchPageSchema = videoPageSchema.extend({
  remoteError: z
    .string()
    .optional()
    .describe('Beyond PeerTube: why the address that was searched for gave nothing, for people.'),
});
export type VideoSearchPage = z.output<typeof videoSearchPageSchema>;

export const ownVideoPageSchema = pageOf(ownVideoViewSchema);

/** One video with its files. */
export const videoDetailsSchema = z
  .object({
    ...fields,
    account: accountViewSchema,
    channel: channelViewSchema,
    blacklisted: z.boolean(),
    blacklistedReason: z.string().nullable(),
    streamingPlaylists: z
      .array(streamingPlaylistSchema)
      .describe('Of videos from other instances only: there is no HLS here.'),
    files: z.array(videoFileViewSchema).describe('Best resolution first.'),
    support: z.string().nullable(),
    descriptionPath: path,
    tags: z.array(z.string()),
    commentsEnabled: z.boolean(),
    commentsPolicy: z.object({ id: z.int(), label: z.string() }),
    downloadEnabled: z.boolean(),
    waitTranscoding: z.boolean(),
    inputFileUpdatedAt: instant.nullable(),
    trackerUrls: z.array(z.string()),
  })
  .meta({ id: 'VideoDetails' });
export type VideoDetailsView = z.output<typeof videoDetailsSchema>;
