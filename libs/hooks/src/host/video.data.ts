import type { Owner } from './people.data.js';

/** A constant with its label in English; null: not set. */
export interface Labelled<Id extends number | string> {
  readonly id: Id | null;
  readonly label: string;
}

/** A video as a row of a list, in the form of the REST API. Times are ISO 8601 in UTC. */
export interface VideoRow {
  readonly id: number;
  readonly uuid: string;
  readonly shortUUID: string;
  /** The page, and the ActivityPub id. */
  readonly url: string;
  readonly name: string;
  readonly category: Labelled<number>;
  readonly licence: Labelled<number>;
  readonly language: Labelled<string>;
  /** 1 public, 2 unlisted, 3 private, 4 internal. */
  readonly privacy: Labelled<number>;
  /** 1 published, 2 to transcode, 8 transcoding failed. */
  readonly state: Labelled<number>;
  readonly nsfw: boolean;
  /** Markdown; in a row the first 250 characters. */
  readonly description: string | null;
  readonly truncatedDescription: string | null;
  readonly isLocal: boolean;
  readonly isLive: boolean;
  /** Seconds. */
  readonly duration: number;
  /** Width divided by height. */
  readonly aspectRatio: number | null;
  readonly views: number;
  readonly viewers: number;
  readonly likes: number;
  readonly dislikes: number;
  readonly comments: number;
  readonly thumbnailPath: string;
  readonly previewPath: string;
  readonly embedPath: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly publishedAt: string;
  readonly originallyPublishedAt: string | null;
  readonly account: Owner;
  readonly channel: Owner;
  /** What plugins add; each under its own name. */
  readonly pluginData?: Readonly<Record<string, unknown>>;
}

export interface VideoPage {
  /** Of all pages; 0 when the caller did not want it counted. */
  readonly total: number;
  readonly data: readonly VideoRow[];
}

/** A file of a video, with where it can be had. */
export interface VideoFile {
  readonly id: number;
  /** Height in pixels; 0 is sound only. */
  readonly resolution: Labelled<number>;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** 40 hex digits; null without a torrent. */
  readonly infoHash: string | null;
  readonly swarm: { readonly seeders: number; readonly leechers: number };
  readonly magnetUri: string;
  readonly torrentUrl: string;
  readonly torrentDownloadUrl: string;
  readonly fileUrl: string;
  readonly fileDownloadUrl: string;
  /** The best first. */
  readonly webSeeds: readonly string[];
  readonly redundancies: ReadonlyArray<{ readonly baseUrl: string }>;
  readonly metadataUrl: string;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
  readonly storage: number;
}

/** A single video with its files, as `GET /api/v1/videos/{id}` answers it. */
export interface VideoDetails extends VideoRow {
  readonly blacklisted: boolean;
  readonly blacklistedReason: string | null;
  readonly streamingPlaylists: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** Best resolution first. */
  readonly files: readonly VideoFile[];
  readonly support: string | null;
  readonly descriptionPath: string;
  readonly tags: readonly string[];
  readonly commentsEnabled: boolean;
  readonly commentsPolicy: Labelled<number>;
  readonly downloadEnabled: boolean;
  readonly waitTranscoding: boolean;
  readonly inputFileUpdatedAt: string | null;
  readonly trackerUrls: readonly string[];
}

/** Enough of a video to know it by. */
export type VideoReference = Pick<VideoRow, 'id' | 'uuid' | 'url' | 'name' | 'isLocal'>;
