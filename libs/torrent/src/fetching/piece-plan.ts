/** Consecutive pieces that one request asks for. */
export interface PieceRun {
  first: number;
  last: number;
}

/** Which pieces are there, which are being asked for, and which are left. */
export class PiecePlan {
  private readonly done: Uint8Array;
  private readonly claimed: Uint8Array;
  /** No piece before it is left: the search begins here. */
  private from = 0;
  private doneCount = 0;

  constructor(
    readonly count: number,
    private readonly maxRun: number,
  ) {
    this.done = new Uint8Array(count);
    this.claimed = new Uint8Array(count);
  }

  get isComplete(): boolean {
    return this.doneCount === this.count;
  }

  get verified(): number {
    return this.doneCount;
  }

  /** Takes the next pieces that nobody has and nobody asks for; null when there are none for now. */
  claim(): PieceRun | null {
    let first = this.from;
    while (first < this.count && !this.isFree(first)) first += 1;
    if (first === this.count) return null;
    let last = first;
    while (last + 1 < this.count && last - first + 1 < this.maxRun && this.isFree(last + 1)) last += 1;
    this.claimed.fill(1, first, last + 1);
    return { first, last };
  }

  /** The piece is there and proven. */
  finish(piece: number): void {
    if (this.done[piece]) return;
    this.done[piece] = 1;
    this.doneCount += 1;
    while (this.from < this.count && this.done[this.from]) this.from += 1;
  }

  /** What of the run did not come is left for others. */
  release({ first, last }: PieceRun): void {
    this.claimed.fill(0, first, last + 1);
  }

  private isFree(piece: number): boolean {
    return !this.done[piece] && !this.claimed[piece];
  }
}
