/** The shapes of the REST API (PeerTube's, see `/api/docs`), as far as the pages read them. Times are ISO 8601, UTC. */

export interface Page<T> {
  total: number;
  data: T[];
}

/** A search that may have asked another instance. */
export interface SearchPage<T> extends Page<T> {
  /** Why an address or a handle led nowhere, for people. */
  remoteError?: string;
}

export interface OAuthClient {
  client_id: string;
  client_secret: string;
}

export interface OAuthToken {
  access_token: string;
  refresh_token: string;
  /** Seconds. */
  expires_in: number;
}

export interface Labelled<T> {
  id: T | null;
  label: string;
}

/** An account or a channel, in short. */
export interface ActorSummary {
  id: number;
  name: string;
  displayName: string;
  url: string;
  /** Host and port of its instance. */
  host: string;
}

export interface Actor extends ActorSummary {
  description: string | null;
  followersCount: number;
  createdAt: string;
}

export interface Channel extends Actor {
  ownerAccount?: Actor;
}

export type Rating = 'like' | 'dislike' | 'none';

export interface Comment {
  id: number;
  url: string;
  /** Markdown as its author wrote it; empty when it was deleted. */
  text: string;
  /** Id of the comment that begins the thread. */
  threadId: number;
  inReplyToCommentId: number | null;
  createdAt: string;
  isDeleted: boolean;
  totalReplies: number;
  totalRepliesFromVideoAuthor: number;
  /** Null when the comment was deleted. */
  account: Actor | null;
}

export interface CommentTree {
  comment: Comment;
  children: CommentTree[];
}

export interface ThreadPage extends Page<Comment> {
  /** Of all threads, answers among them. */
  totalNotDeletedComments: number;
}

export const Privacy = { Public: 1, Unlisted: 2, Private: 3, Internal: 4 } as const;
export const VideoState = { Published: 1, ToTranscode: 2, ToImport: 3, TranscodingFailed: 8 } as const;

export interface Video {
  id: number;
  uuid: string;
  shortUUID: string;
  url: string;
  name: string;
  category: Labelled<number>;
  licence: Labelled<number>;
  language: Labelled<string>;
  privacy: Labelled<number>;
  state?: Labelled<number>;
  nsfw: boolean;
  truncatedDescription: string | null;
  description: string | null;
  isLocal: boolean;
  /** Seconds. */
  duration: number;
  views: number;
  likes: number;
  dislikes: number;
  /** How many there are. */
  comments: number;
  /** Paths on this site; empty when there is none. */
  thumbnailPath: string;
  previewPath: string;
  /** The player alone, for frames. */
  embedPath: string;
  createdAt: string;
  publishedAt: string;
  account: ActorSummary;
  channel: ActorSummary;
}

export interface VideoFile {
  id: number;
  /** `id` is the height in pixels. */
  resolution: { id: number; label: string };
  /** Bytes. */
  size: number;
  fps: number;
  /** Empty for private and internal videos: these have no swarm. */
  magnetUri: string;
  torrentUrl: string;
  torrentDownloadUrl: string;
  fileUrl: string;
  fileDownloadUrl: string;
  /** Every HTTP address of the file: that of `fileUrl`, then those of cache instances, the best first. */
  webSeeds: string[];
}

export interface VideoDetails extends Video {
  /** Of videos from other sites only. */
  streamingPlaylists: Array<{ playlistUrl: string }>;
  account: Actor;
  channel: Channel;
  files: VideoFile[];
  tags: string[];
  support: string | null;
  commentsEnabled: boolean;
  downloadEnabled: boolean;
}

export interface VideoFields {
  name: string;
  channelId: number;
  privacy: number;
  description: string | null;
  category: number | null;
  licence: number | null;
  language: string | null;
  tags: string[];
  nsfw: boolean;
  downloadEnabled: boolean;
}

export interface UploadedVideo {
  video: { id: number; uuid: string; shortUUID: string };
}

export type StageStatus = 'waiting' | 'running' | 'done' | 'skipped' | 'failed';

export interface ProcessingStage {
  name: string;
  label: string;
  status: StageStatus;
  /** 0 to 100. */
  progress: number;
  message: string | null;
}

export interface Processing {
  state: { id: number; label: string };
  stages: ProcessingStage[];
}

export const Role = { Administrator: 0, Moderator: 1, User: 2 } as const;

export interface User {
  id: number;
  username: string;
  email: string;
  role: { id: number; label: string };
  /** Bytes; -1 is no limit. */
  videoQuota: number;
  account: Actor;
  videoChannels: Channel[];
}

export interface QuotaUse {
  /** Bytes. */
  videoQuotaUsed: number;
}

export interface SiteConfig {
  instance: { name: string; shortDescription: string };
  defaults: { publish: { privacy: number; licence: number | null; downloadEnabled: boolean } };
  client?: { videos?: { resumableUpload?: { maxChunkSize?: number } } };
  transcoding: { enabled: boolean };
  video: { file: { extensions: string[]; maxSize?: number } };
  webrtc?: { stunServers: string[] };
  /** Beyond PeerTube. */
  vidiverse?: { version: string; ffmpeg: boolean };
}

/** Choices by id, as the server labels them. */
export type Labels = Record<string, string>;

export interface SetUpState {
  valid: boolean;
  username: string;
}

export interface SetUpRequest {
  token: string;
  username?: string;
  password: string;
  email?: string;
}
