/** Port: who shares a file right now. Answered by `torrents/`, which knows the tracker. */
export abstract class SwarmCounts {
  /** Zeros for a hash that nobody shares. */
  abstract of(infoHash: string): { seeders: number; leechers: number };
}
