import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { encode, readDictionary, writeDictionary } from './bencode.js';

const KIB = 1024;
const SMALL_PIECE = 256 * KIB;
const LARGE_PIECE = 1024 * KIB;
const CREATED_BY = 'Vidiverse';

export interface TorrentInput {
  /** The file on the local disk. */
  path: string;
  /** `info.name`: the file's immutable name. A title here would change the info hash with each rename. */
  name: string;
  /** Bytes. */
  size: number;
  createdAt: Date;
  /** Files of this many bytes and more get 1 MiB pieces, smaller ones 256 KiB: small pieces start faster, large ones keep the .torrent small. */
  largePieceFrom: number;
  /** Announce URLs in order; each is a tier of its own (BEP 12). */
  trackers: string[];
  /** BEP 19 `url-list`. */
  webSeeds: string[];
}

export interface TorrentFile {
  /** 40 hex digits (BEP 3, version 1). */
  infoHash: string;
  content: Buffer;
}

/** What changes while the file does not. */
export type TorrentSources = Pick<TorrentInput, 'trackers' | 'webSeeds'>;

/** Hashes a file into a .torrent, streaming, in a thread of its own. The same input gives the same bytes. */
export async function createTorrent(input: TorrentInput): Promise<TorrentFile> {
  const bare = await hashInThread(input.path, {
    name: input.name,
    createdBy: CREATED_BY,
    creationDate: input.createdAt,
    pieceLength: input.size >= input.largePieceFrom ? LARGE_PIECE : SMALL_PIECE,
    announceList: [],
  });
  const content = withSources(bare, input);
  return { infoHash: infoHashOf(content), content };
}

/** The same torrent with other WebSeeds and trackers; nothing is hashed again and the info hash stays. */
export function withSources(content: Buffer, { trackers, webSeeds }: TorrentSources): Buffer {
  const entries = readDictionary(content);
  for (const key of ['announce', 'announce-list', 'url-list']) entries.delete(key);
  if (trackers.length > 0) {
    entries.set('announce', encode(trackers[0]!));
    entries.set('announce-list', encode(trackers.map((tracker) => [tracker])));
  }
  if (webSeeds.length > 0) entries.set('url-list', encode(webSeeds));
  return writeDictionary(entries);
}

/** The same torrent with WebSeeds behind those that it has. */
export function withMoreSeeds(content: Buffer, webSeeds: string[]): Buffer {
  const entries = readDictionary(content);
  const list = entries.get('url-list') ?? encode([]);
  // A list is its items between `l` and `e`.
  const items = [list.subarray(0, -1), ...webSeeds.map((url) => encode(url)), list.subarray(-1)];
  return writeDictionary(entries.set('url-list', Buffer.concat(items)));
}

/** SHA-1 of the `info` dictionary as it stands in the file: 40 hex digits. */
export function infoHashOf(content: Buffer): string {
  const info = readDictionary(content).get('info');
  if (!info) throw new Error('a torrent without info');
  return createHash('sha1').update(info).digest('hex');
}

function hashInThread(path: string, options: object): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./create-torrent.worker.mjs', import.meta.url), {
      workerData: { path, options },
    });
    worker.once('message', (content: Uint8Array) => resolve(Buffer.from(content)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the hashing thread ended with code ${code}`)));
  });
}
