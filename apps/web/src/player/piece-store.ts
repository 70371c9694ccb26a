/** Where WebTorrent and the player keep pieces: in memory, the ones used longest ago given up when it is full. */
export class PieceStore {
  private readonly pieces = new Map<number, Uint8Array>();
  private stored = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly onEvicted: (index: number) => void,
  ) {}

  get(index: number): Uint8Array | undefined {
    const piece = this.pieces.get(index);
    if (piece) {
      this.pieces.delete(index);
      this.pieces.set(index, piece);
    }
    return piece;
  }

  put(index: number, piece: Uint8Array): void {
    this.stored += piece.length - (this.pieces.get(index)?.length ?? 0);
    this.pieces.delete(index);
    this.pieces.set(index, piece);
    while (this.stored > this.maxBytes && this.pieces.size > 1) {
      const [oldest, { length }] = this.pieces.entries().next().value!;
      this.pieces.delete(oldest);
      this.stored -= length;
      this.onEvicted(oldest);
    }
  }

  clear(): void {
    this.pieces.clear();
    this.stored = 0;
  }
}
