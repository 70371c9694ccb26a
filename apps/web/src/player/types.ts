/** What the player needs of PeerTube's `VideoDetails`. */
export interface PlayableFile {
  id: number;
  resolution: { id: number; label: string };
  size: number;
  fileUrl: string;
  /** Empty for private and internal videos: these have no swarm. */
  torrentUrl: string;
  magnetUri: string;
  /** Every HTTP address of the file: that of `fileUrl`, then those of cache instances, the best first. */
  webSeeds?: string[];
}

/** What went wrong with a seed. */
export interface SeedFault {
  url: string;
  /** `wrong-bytes`: a piece does not have its hash. `silent`: it stopped sending. `failed`: anything else. */
  fault: 'wrong-bytes' | 'silent' | 'failed';
  /** Of `wrong-bytes`, counted from 0. */
  piece?: number;
}

export interface PlayableVideo {
  uuid: string;
  name: string;
  /** Seconds. */
  duration: number;
  previewPath: string;
  files: PlayableFile[];
  /** Played when there are no files. */
  streamingPlaylists?: Array<{ playlistUrl: string }>;
}

/** Times in seconds, sizes in bytes. */
export interface PlayerOptions {
  /** Less than this ahead of the playhead: ask a seed at once, whatever the peers do. */
  urgent: number;
  /** This much ahead is enough: beyond it only peers are asked. */
  healthy: number;
  /** How long a swarm that was just joined may take to deliver before seeds are asked for what is not urgent. */
  joinGrace: number;
  /** A seed that sends nothing for so long is left for the next. */
  seedTimeout: number;
  /** Pieces kept in memory, for the player and for peers. */
  maxStored: number;
  /** How far ahead peers are asked. */
  peerAhead: number;
  /** How long to wait for the service worker on a first visit before playing over plain HTTP. */
  workerTimeout: number;
  /** Asked when the swarm is joined, so that the first picture does not wait for the answer. */
  iceServers: () => Promise<RTCIceServer[]>;
  /** How often the list of seeds is asked for again. */
  seedsRefresh: number;
  /** The video's files as the instance describes them now. */
  listFiles: () => Promise<PlayableFile[]>;
  /** Tells the instance, which looks at the seed itself. */
  reportSeed: (fault: SeedFault) => void;
}

export const DEFAULT_OPTIONS: PlayerOptions = {
  urgent: 6,
  healthy: 30,
  joinGrace: 5,
  seedTimeout: 2,
  maxStored: 512 * 1024 * 1024,
  peerAhead: 120,
  workerTimeout: 0.4,
  iceServers: async () => [],
  seedsRefresh: 60,
  listFiles: async () => [],
  reportSeed: () => {},
};
