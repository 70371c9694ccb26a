import { createHash } from 'node:crypto';
import parseTorrent from 'parse-torrent';

/** What a .torrent file says, read by a parser that is not ours. */
export interface ReadTorrent {
  infoHash: string;
  name: string;
  length: number;
  /** SHA-1 of each piece, hexadecimal. */
  pieces: string[];
  pieceLength: number;
  announce: string[];
  urlList: string[];
}

export async function fetchTorrent(url: string): Promise<ReadTorrent> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return (await parseTorrent(new Uint8Array(await response.arrayBuffer()))) as ReadTorrent;
}

/** SHA-1 of each piece of these bytes. */
export function pieceHashes(bytes: Buffer, pieceLength: number): string[] {
  const hashes: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceLength)
    hashes.push(
      createHash('sha1')
        .update(bytes.subarray(at, at + pieceLength))
        .digest('hex'),
    );
  return hashes;
}
