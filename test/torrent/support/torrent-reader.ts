import { createHash } from 'node:crypto';

/** A bencoded value; texts are bytes. */
type Value = number | Buffer | Value[] | Map<string, Value>;

const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');

/** What a .torrent says, read from BEP 3 alone: no code of the product or of a package is asked. */
export interface ReadTorrent {
  /** 40 hex digits. */
  infoHash: string;
  name: string;
  /** Bytes. */
  length: number;
  pieceLength: number;
  /** SHA-1 of each piece, 40 hex digits. */
  pieces: string[];
  /** Seconds since 1970. */
  creationDate: number;
  announce: string;
  /** Tiers, each with its trackers. */
  announceList: string[][];
  urlList: string[];
  /** Every key, in the order of the file. */
  keys: string[];
  infoKeys: string[];
}

export function readTorrent(content: Buffer): ReadTorrent {
  let position = 0;
  let info: Buffer = Buffer.alloc(0);

  const until = (end: string): string => {
    const from = position;
    position = content.indexOf(end, from) + 1;
    return content.toString('latin1', from, position - 1);
  };
  const text = (): Buffer => {
    const length = Number(until(':'));
    position += length;
    return content.subarray(position - length, position);
  };
  const items = (): Value[] => {
    const list: Value[] = [];
    position += 1;
    while (content[position] !== 0x65) list.push(value());
    position += 1;
    return list;
  };
  const entries = (): Map<string, Value> => {
    const map = new Map<string, Value>();
    position += 1;
    while (content[position] !== 0x65) {
      const key = String(text());
      const from = position;
      map.set(key, value());
      if (key === 'info') info = content.subarray(from, position);
    }
    position += 1;
    return map;
  };
  const value = (): Value => {
    const kind = String.fromCharCode(content[position]!);
    if (kind === 'd') return entries();
    if (kind === 'l') return items();
    if (kind !== 'i') return text();
    position += 1;
    return Number(until('e'));
  };

  const torrent = entries();
  const described = torrent.get('info') as Map<string, Value>;
  const pieces = (described.get('pieces') as Buffer).toString('hex').match(/.{40}/g) ?? [];
  return {
    infoHash: sha1(info),
    name: String(described.get('name')),
    length: Number(described.get('length')),
    pieceLength: Number(described.get('piece length')),
    pieces: [...pieces],
    creationDate: Number(torrent.get('creation date')),
    announce: String(torrent.get('announce')),
    announceList: (torrent.get('announce-list') as Buffer[][]).map((tier) => tier.map(String)),
    urlList: (torrent.get('url-list') as Buffer[]).map(String),
    keys: [...torrent.keys()],
    infoKeys: [...described.keys()],
  };
}
