const KIB = 1024;
const MIB = 1024 * KIB;

/** In bytes, but for `seconds`. */
export const CHUNKS = {
  first: 2 * MIB,
  least: 256 * KIB,
  most: 64 * MIB,
  /** A chunk should take about so long: long enough to cost little, short enough to lose little. */
  seconds: 5,
  /** The end of the file, sent only when the uploader publishes: with it the video comes into being. */
  held: 64 * KIB,
  /** The server takes no smaller chunk, but for the last. */
  serverLeast: 4 * KIB,
};

export interface Chunk {
  /** Bytes of the file, `end` not included. */
  start: number;
  end: number;
}

/** The next chunk after `received` of `total` bytes; null when only what is held back is left. */
export function nextChunk(received: number, total: number, size: number, released: boolean): Chunk | null {
  if (released) {
    // A rest too small for a chunk of its own goes with this one.
    const end = total - received <= size + CHUNKS.held ? total : received + size;
    return { start: received, end };
  }
  const limit = total - CHUNKS.held;
  if (limit - received < CHUNKS.serverLeast) return null;
  return { start: received, end: Math.min(received + size, limit) };
}

/** The size of the chunk after one of `bytes` that took `ms`; grows at most to the double. `limit` 0 is none. */
export function adaptedSize(size: number, bytes: number, ms: number, limit: number): number {
  const wanted = (bytes / Math.max(ms, 1)) * 1000 * CHUNKS.seconds;
  return clamp(Math.min(wanted, size * 2), limit);
}

/** After a lost connection. */
export const smallerSize = (size: number, limit: number): number => clamp(size / 2, limit);

function clamp(size: number, limit: number): number {
  const most = limit > 0 ? Math.min(CHUNKS.most, limit) : CHUNKS.most;
  return Math.floor(Math.min(Math.max(size, CHUNKS.least), most));
}
