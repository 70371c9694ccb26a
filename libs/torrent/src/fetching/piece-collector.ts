import { webcrypto } from 'node:crypto';
import type { TorrentPieces } from '../metadata/piece-hashes.js';
import type { PieceRun } from './piece-plan.js';

/** A seed sent something else than the torrent says. */
export class WrongPieceError extends Error {
  constructor(readonly piece: number) {
    super(`piece ${piece} is not the one of the torrent`);
  }
}

/** Whether these are the bytes of the piece. Hashed in a thread of Node's pool: the event loop goes on. */
export async function isPiece(torrent: TorrentPieces, piece: number, bytes: Uint8Array): Promise<boolean> {
  const hash = await webcrypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>);
  return torrent.hashOf(piece).equals(Buffer.from(hash));
}

/** Puts the bytes of one run together to pieces, and hands on each that is right. Holds one piece at most. */
export class PieceCollector {
  private piece: number;
  private buffer: Buffer;
  private filled = 0;

  constructor(
    private readonly torrent: TorrentPieces,
    private readonly run: PieceRun,
    private readonly keep: (piece: number, bytes: Buffer) => Promise<void>,
  ) {
    this.piece = run.first;
    this.buffer = this.bufferFor(run.first);
  }

  /** @throws WrongPieceError */
  async take(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.buffer.length - this.filled);
      part.copy(this.buffer, this.filled);
      at += part.length;
      this.filled += part.length;
      if (this.filled === this.buffer.length) await this.finish();
    }
  }

  private async finish(): Promise<void> {
    if (!(await isPiece(this.torrent, this.piece, this.buffer))) throw new WrongPieceError(this.piece);
    await this.keep(this.piece, this.buffer);
    if (this.piece === this.run.last) return;
    this.piece += 1;
    this.filled = 0;
    // What was kept is written: the memory is used again.
    const { start, end } = this.torrent.placeOf(this.piece);
    if (end - start + 1 !== this.buffer.length) this.buffer = this.bufferFor(this.piece);
  }

  private bufferFor(piece: number): Buffer {
    const { start, end } = this.torrent.placeOf(piece);
    return Buffer.alloc(end - start + 1);
  }
}
