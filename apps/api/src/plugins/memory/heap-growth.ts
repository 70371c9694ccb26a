/** Whether so much more of the heap is in use than at the least that somebody may be holding on to what they make. */
export class HeapGrowth {
  private least = Infinity;

  /** `suspicion`: bytes; with 0 it always is. */
  constructor(
    private readonly suspicion: number,
    private readonly inUse: () => number = () => process.memoryUsage().heapUsed,
  ) {}

  /** What is garbage counts until it is collected. */
  isSuspicious(): boolean {
    const now = this.inUse();
    this.least = Math.min(this.least, now);
    return now - this.least >= this.suspicion;
  }
}
