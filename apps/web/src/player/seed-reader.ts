import { fetchRange, SilenceError } from './fetch-range';
import { readAhead } from './read-ahead';
import { shareOut } from './seed-shares';
import type { TransferLedger } from './transfer-ledger';
import type { SeedFault } from './types';
import type { WebSeeds } from './web-seeds';

const MAX_TRIES = 6;
/** Seeds that one range is read from at the same time. */
const MOST_AT_ONCE = 3;

/** Bytes and the seed they are from. */
export interface SeedChunk {
  seed: string;
  chunk: Uint8Array;
}

/** It was dropped while it was sending. */
class DroppedError extends Error {}

/** Reads byte ranges from the web seeds of a file, several at once, and changes the seed when one fails or falls silent. */
export class SeedReader {
  constructor(
    private readonly seeds: WebSeeds,
    private readonly ledger: TransferLedger,
    /** Seconds of silence before the next seed is asked. */
    private readonly timeout: number,
    private readonly onFault: (fault: SeedFault) => void = () => {},
  ) {}

  /**
   * Chunks of the bytes from `start` up to, not including, `end`, in their order. Seeds that are fast enough share the range: each
   * is asked for one run of `unit`s, all at the same time.
   */
  async *read(
    start: number,
    end: number,
    signal: AbortSignal,
    unit = end - start,
  ): AsyncGenerator<SeedChunk> {
    const shares = shareOut(this.seeds.usable(MOST_AT_ONCE), start, end, unit);
    if (shares.length < 2) {
      yield* this.readShare(start, end, signal);
      return;
    }
    const left = new AbortController();
    const stop = AbortSignal.any([signal, left.signal]);
    try {
      const running = shares.map((share) =>
        readAhead(this.readShare(share.start, share.end, stop, share.seed)),
      );
      for (const chunks of running) yield* chunks;
    } finally {
      left.abort();
    }
  }

  /** From `first`, as long as that sends; then from the best. */
  private async *readShare(
    start: number,
    end: number,
    signal: AbortSignal,
    first = this.seeds.best(),
  ): AsyncGenerator<SeedChunk> {
    let position = start;
    let url = first;
    for (let tries = 0; position < end; tries += 1) {
      try {
        for await (const chunk of this.readFrom(url, position, end, signal)) {
          position += chunk.length;
          yield { seed: url, chunk };
          tries = 0;
        }
      } catch (error) {
        if (signal.aborted || tries >= MAX_TRIES) throw error;
        this.seeds.failed(url);
        if (!(error instanceof DroppedError))
          this.onFault({ url, fault: error instanceof SilenceError ? 'silent' : 'failed' });
        // With one seed alone there is nothing to change to: give it a moment.
        if (!this.seeds.hasAlternative(url))
          await new Promise((resolve) => setTimeout(resolve, 200 * (tries + 1)));
        url = this.seeds.best();
      }
    }
  }

  /** There are others beside the file's own address, whose bytes have to be checked. */
  get hasCopies(): boolean {
    return this.seeds.hasCopies;
  }

  isCopy(seed: string): boolean {
    return seed !== this.seeds.own;
  }

  useCopies(): void {
    this.seeds.useCopies();
  }

  /** Counts bytes of a seed that somebody else has read. */
  credit(url: string, bytes: number): void {
    this.ledger.fromSeed(url, bytes);
  }

  private async *readFrom(
    url: string,
    start: number,
    end: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const begun = performance.now();
    let received = 0;
    for await (const chunk of fetchRange(url, { start, end, silence: this.timeout * 1000, signal })) {
      if (!this.seeds.has(url)) throw new DroppedError('the seed was dropped');
      received += chunk.length;
      this.ledger.fromSeed(url, chunk.length);
      yield chunk;
    }
    if (start + received < end) throw new Error('the seed sent too little');
    this.seeds.succeeded(url, received, performance.now() - begun);
  }
}
