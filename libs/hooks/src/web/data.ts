/** An account or a channel. */
export interface WebActor {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  /** Its ActivityPub id, which is also its page. */
  readonly url: string;
  /** Host and port of its instance. */
  readonly host: string;
}

/** A video as lists show it. Times are ISO 8601, UTC; paths are of this site. */
export interface WebVideo {
  readonly id: number;
  readonly uuid: string;
  readonly shortUUID: string;
  readonly url: string;
  readonly name: string;
  readonly truncatedDescription: string | null;
  /** Whether it was published on this instance. */
  readonly isLocal: boolean;
  /** Seconds. */
  readonly duration: number;
  readonly views: number;
  readonly likes: number;
  readonly dislikes: number;
  /** Empty when there is none. */
  readonly thumbnailPath: string;
  readonly publishedAt: string;
  readonly account: WebActor;
  readonly channel: WebActor;
}

/** A video as its own page has it. */
export interface WebVideoDetails extends WebVideo {
  /** Markdown as its uploader wrote it. */
  readonly description: string | null;
  readonly tags: readonly string[];
}

/** How the player is doing; reactive. Times in seconds, sizes in bytes. */
export interface WebPlayerState {
  readonly paused: boolean;
  readonly ended: boolean;
  /** Waiting for data while it should play. */
  readonly stalled: boolean;
  readonly currentTime: number;
  readonly duration: number;
  readonly buffered: ReadonlyArray<{ readonly start: number; readonly end: number }>;
  readonly speed: number;
  /** Height in pixels that plays now; 0 before the first file is chosen. */
  readonly resolution: number;
  readonly delivery: 'swarm' | 'http';
  /** Whether the viewer takes part in the swarm. */
  readonly p2p: boolean;
  /** Viewers it is connected to. */
  readonly peers: number;
  readonly transfer: {
    readonly peers: number;
    /** By host. */
    readonly seeds: Readonly<Record<string, number>>;
    readonly uploaded: number;
  };
}

/** The player of the page. */
export interface WebPlayer {
  readonly state: WebPlayerState;
  play(): void;
  pause(): void;
  /** Seconds from the start; beyond the ends it stops at them. */
  seek(seconds: number): void;
}

/** What an uploader has written so far. */
export interface WebUploadDraft {
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[];
}

/** The upload under way; reactive. */
export interface WebUpload {
  readonly file: { readonly name: string; readonly size: number };
  readonly draft: WebUploadDraft;
  /** Null until the server has all of the file. */
  readonly video: { readonly id: number; readonly uuid: string; readonly shortUUID: string } | null;
  /** Changes what the uploader sees and will publish. */
  change(draft: Partial<WebUploadDraft>): void;
}
