export { isPiece, WrongPieceError } from './fetching/piece-collector.js';
export {
  NoSeedLeftError,
  PieceDownload,
  type PieceDownloadEvents,
  type PieceDownloadOptions,
  type PieceFile,
  type RangeReader,
} from './fetching/piece-download.js';
export { RateLimit } from './fetching/rate-limit.js';
export { magnetUri, type MagnetInput } from './metadata/magnet-uri.js';
export { readTorrent, type TorrentPieces } from './metadata/piece-hashes.js';
export {
  createTorrent,
  infoHashOf,
  withMoreSeeds,
  withSources,
  type TorrentFile,
  type TorrentInput,
  type TorrentSources,
} from './metadata/torrent-file.js';
export { KnownHashes } from './ports/known-hashes.js';
export { isKnown } from './seeding/entity-tags.js';
export { parseRange, type ByteRange } from './seeding/byte-range.js';
export {
  RangeServer,
  type RangeAnswer,
  type RangeServerOptions,
  type RangeSource,
} from './seeding/range-server.js';
export { networkOf } from './tracker/announce-limits.js';
export type { Announce, AnnounceObjection } from './tracker/announce-objection.js';
export { Tracker, type TrackerCounters, type TrackerOptions } from './tracker/tracker.js';
