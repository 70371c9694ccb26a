import type { SeedReader } from './seed-reader';
import type { TorrentEngine } from './torrent-engine';

type Engine = Pick<TorrentEngine, 'pieceLength' | 'add' | 'piece'>;
type Seeds = Pick<SeedReader, 'read' | 'isCopy'>;

interface Wanted {
  /** Bytes from `start` up to, not including, `end`, of a file of `size` bytes. */
  start: number;
  end: number;
  size: number;
  signal: AbortSignal;
  /** A piece that these seeds sent does not have its hash. */
  onLie: (piece: number, seeds: string[]) => void;
}

/**
 * Bytes of seeds, of which some are copies by others: a piece that a copy sent a part of is held back until it has its hash, so
 * that a lie costs one piece of time and is never shown. What the file's own address sends goes on at once. Ends early with
 * a piece that is wrong: whoever reads asks again, and others are asked.
 */
export async function* provenPieces(
  seeds: Seeds,
  engine: Engine,
  wanted: Wanted,
): AsyncGenerator<Uint8Array> {
  const { pieceLength } = engine;
  const { start, end, size, signal, onLie } = wanted;
  // Whole pieces, since only those can be checked.
  const last = Math.min(Math.ceil(end / pieceLength) * pieceLength, size);
  let index = Math.floor(start / pieceLength);
  let piece = openPiece(index, pieceLength, size);
  for await (const { seed, chunk } of seeds.read(index * pieceLength, last, signal, pieceLength)) {
    for (let taken = 0; taken < chunk.length;) {
      const part = chunk.subarray(taken, taken + piece.buffer.length - piece.filled);
      const at = piece.start + piece.filled;
      piece.buffer.set(part, piece.filled);
      piece.filled += part.length;
      piece.seeds.add(seed);
      taken += part.length;
      piece.isHeld ||= seeds.isCopy(seed);
      if (!piece.isHeld) {
        piece.yielded = piece.filled;
        // A copy of the bytes: what is yielded is handed over, and the piece is still needed.
        yield* within(part.slice(), at, start, end);
      }
      if (piece.filled < piece.buffer.length) continue;
      if (!(await engine.add(index, piece.buffer))) return onLie(index, [...piece.seeds]);
      // One that a peer sent meanwhile is proven; ours then was not looked at.
      const bytes = engine.piece(index) ?? piece.buffer;
      if (piece.isHeld) yield* within(bytes.slice(piece.yielded), piece.start + piece.yielded, start, end);
      index += 1;
      piece = openPiece(index, pieceLength, size);
    }
  }
}

function openPiece(index: number, pieceLength: number, size: number) {
  const start = index * pieceLength;
  const buffer = new Uint8Array(Math.max(0, Math.min(pieceLength, size - start)));
  return { start, buffer, filled: 0, yielded: 0, isHeld: false, seeds: new Set<string>() };
}

/** The part of `bytes`, which begin at `position`, that was asked for. */
function* within(bytes: Uint8Array, position: number, start: number, end: number): Generator<Uint8Array> {
  const part = bytes.subarray(Math.max(0, start - position), Math.max(0, end - position));
  if (part.length > 0) yield part;
}
