declare module 'parse-torrent' {
  export default function parseTorrent(torrent: Uint8Array | string): Promise<unknown>;
}
