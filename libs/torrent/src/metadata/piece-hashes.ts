import { infoHashOf } from './torrent-file.js';
import { readDictionary, readInteger, readText } from './bencode.js';

/** Bytes of a SHA-1. */
const HASH = 20;
/** Larger pieces are held in memory by nobody. */
const MAX_PIECE = 16 * 1024 * 1024;

/** What a .torrent says of the one file in it. */
export interface TorrentPieces {
  /** 40 hex digits. */
  infoHash: string;
  name: string;
  /** Bytes of the file. */
  length: number;
  /** Bytes of every piece but the last, which may be shorter. */
  pieceLength: number;
  /** How many there are. */
  count: number;
  /** The SHA-1 that the piece must have. */
  hashOf(piece: number): Buffer;
  /** Where the piece is: `end` is its last byte. */
  placeOf(piece: number): { start: number; end: number };
}

/** Reads a .torrent (BEP 3) of one file. @throws Error when it is another, or does not fit together. */
export function readTorrent(content: Buffer): TorrentPieces {
  const info = readDictionary(content).get('info');
  if (!info) throw new Error('a torrent without info');
  const fields = readDictionary(info);
  if (fields.has('files')) throw new Error('a torrent of several files');
  const length = readInteger(fields.get('length'));
  const pieceLength = readInteger(fields.get('piece length'));
  const hashes = readText(fields.get('pieces'));
  if (length < 1 || pieceLength < 1) throw new Error('a torrent of nothing');
  if (pieceLength > MAX_PIECE) throw new Error(`pieces of more than ${MAX_PIECE} bytes`);
  const count = Math.ceil(length / pieceLength);
  if (hashes.length !== count * HASH)
    throw new Error('a torrent with another number of pieces than its length');
  return {
    infoHash: infoHashOf(content),
    name: readText(fields.get('name')).toString(),
    length,
    pieceLength,
    count,
    hashOf: (piece) => hashes.subarray(piece * HASH, (piece + 1) * HASH),
    placeOf: (piece) => ({
      start: piece * pieceLength,
      end: Math.min((piece + 1) * pieceLength, length) - 1,
    }),
  };
}
