/** A connection to a peer. */
export interface Wire {
  type: string;
  peerPieces: { get(index: number): boolean };
  peerChoking: boolean;
  have(index: number): void;
}

/** What we use of a WebTorrent torrent (2.8.5); members with an underscore are its inside, so the version is pinned. */
export interface Torrent {
  readonly pieceLength: number;
  readonly bitfield: { get(index: number): boolean };
  readonly wires: Wire[];
  readonly downloadSpeed: number;
  readonly uploadSpeed: number;
  readonly destroyed: boolean;
  readonly _hashes: string[];
  select(first: number, last: number, priority: number): void;
  deselect(first: number, last: number): void;
  _markVerified(index: number): void;
  _markUnverified(index: number): void;
  once(event: 'ready', listener: () => void): void;
  on(event: 'verified', listener: (index: number) => void): void;
  on(event: 'wire', listener: (wire: Wire) => void): void;
  on(event: 'download' | 'upload', listener: (bytes: number) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
}

export interface WebTorrentClient {
  add(torrent: Uint8Array, options: object): Torrent;
  on(event: 'error', listener: (error: Error) => void): void;
  destroy(): void;
}
