interface OpenPiece {
  buffer: Uint8Array;
  filled: number;
  seeds: Set<string>;
}

/** Puts whole pieces together from bytes that come in order, beginning anywhere. */
export class PieceAssembler {
  private readonly open = new Map<number, OpenPiece>();

  constructor(
    private readonly pieceLength: number,
    private readonly size: number,
    /** `seeds`: all that sent a part of it. */
    private readonly onPiece: (index: number, piece: Uint8Array, seeds: string[]) => void,
  ) {}

  /** Takes bytes of `seed` at `position`. A piece of which the beginning is missing is left out. */
  add(position: number, chunk: Uint8Array, seed: string): void {
    let taken = 0;
    while (taken < chunk.length) {
      const at = position + taken;
      const index = Math.floor(at / this.pieceLength);
      const offset = at - index * this.pieceLength;
      const length = Math.min(this.pieceLength, this.size - index * this.pieceLength);
      const part = chunk.subarray(taken, taken + length - offset);
      this.fill(index, offset, length, part, seed);
      taken += part.length;
    }
  }

  private fill(index: number, offset: number, length: number, part: Uint8Array, seed: string): void {
    let piece = this.open.get(index);
    if (offset === 0) {
      piece = { buffer: new Uint8Array(length), filled: 0, seeds: new Set() };
      this.open.set(index, piece);
    }
    if (!piece || piece.filled !== offset) return;
    piece.buffer.set(part, offset);
    piece.filled += part.length;
    piece.seeds.add(seed);
    if (piece.filled < length) return;
    this.open.delete(index);
    this.onPiece(index, piece.buffer, [...piece.seeds]);
  }
}
