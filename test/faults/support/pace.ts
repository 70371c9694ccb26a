import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds. */
const LOOK = 10;
/** Part of the way that one may be ahead of the other. */
const LEAD = 0.02;

/** Keeps two kinds of steps together, so that neither is over while the other goes on. */
export class Pace {
  private readonly counts = new Map<string, number>();

  constructor(private readonly goals: Record<string, number>) {}

  count(kind: string): void {
    this.counts.set(kind, this.taken(kind) + 1);
  }

  taken(kind: string): number {
    return this.counts.get(kind) ?? 0;
  }

  get isOver(): boolean {
    return Object.keys(this.goals).every((kind) => this.done(kind) >= 1);
  }

  /** Resolves when it is this kind's turn again; false when everything is over. */
  async turn(kind: string): Promise<boolean> {
    while (!this.isOver) {
      const slowest = Math.min(...Object.keys(this.goals).map((other) => this.done(other)));
      if (this.done(kind) <= slowest + LEAD) return true;
      await pause(LOOK);
    }
    return false;
  }

  private done(kind: string): number {
    return this.taken(kind) / this.goals[kind]!;
  }
}
