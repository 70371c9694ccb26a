import type { TorrentPieces } from '../metadata/piece-hashes.js';
import { isPiece, PieceCollector, WrongPieceError } from './piece-collector.js';
import { PiecePlan, type PieceRun } from './piece-plan.js';

/** Asks a seed for the bytes `start` to `end`, both included, and hands them on in their order. */
export type RangeReader = (
  seed: string,
  range: { start: number; end: number; take: (chunk: Buffer) => Promise<void>; signal: AbortSignal },
) => Promise<void>;

/** Where the file grows; what was never written reads as anything. */
export interface PieceFile {
  write(bytes: Buffer, position: number): Promise<void>;
  /** Reads into the buffer from `position`; answers how many bytes there were. */
  read(buffer: Buffer, position: number): Promise<number>;
}

export interface PieceDownloadEvents {
  /** The piece is right and written. */
  onPiece?(piece: number, seed: string, bytes: number): void;
  /** The seed sent wrong bytes, and is asked for nothing more. */
  onLiar?(seed: string, error: WrongPieceError): void;
  /** The seed failed; it is asked again unless it does so too often. */
  onFailure?(seed: string, error: Error): void;
}

export interface PieceDownloadOptions {
  /** Bytes of one request, at most: so many pieces as fit, one at least. */
  runBytes: number;
  /** Requests to one seed at once. */
  connectionsPerSeed: number;
  /** Requests at once, all seeds together. */
  connections: number;
  /** Failures of a seed in a row after which it is left alone. */
  failures: number;
}

/** Nobody is left who could be asked for what is missing. */
export class NoSeedLeftError extends Error {
  constructor(readonly reasons: string[]) {
    super(`No seed is left to ask. ${reasons.join(' ')}`.trim());
  }
}

/** Fetches a file from several seeds at once: each takes the next missing pieces as fast as it can, and every piece is proven. */
export class PieceDownload {
  private readonly plan: PiecePlan;
  private readonly reasons = new Map<string, string>();
  private readonly dropped = new Set<string>();
  private readonly failures = new Map<string, number>();
  /** Workers with nothing to ask for at the moment. */
  private readonly idle: Array<() => void> = [];
  /** Of our own disk: no seed is to blame, and none can help. */
  private fault: Error | undefined;

  constructor(
    private readonly torrent: TorrentPieces,
    private readonly file: PieceFile,
    private readonly read: RangeReader,
    private readonly options: PieceDownloadOptions,
    private readonly events: PieceDownloadEvents = {},
  ) {
    // Of a small file too there is something for everybody to ask for, twice.
    const share = Math.ceil(torrent.count / (2 * options.connections));
    const largest = Math.floor(options.runBytes / torrent.pieceLength);
    this.plan = new PiecePlan(torrent.count, Math.max(1, Math.min(share, largest)));
  }

  /** 0 to 100. */
  get percent(): number {
    return (this.plan.verified / this.torrent.count) * 100;
  }

  /** Looks for pieces that an earlier try has left in the file. Answers how many bytes they have. */
  async resume(signal: AbortSignal): Promise<number> {
    const buffer = Buffer.alloc(Math.min(this.torrent.pieceLength, this.torrent.length));
    let bytes = 0;
    for (let piece = 0; piece < this.torrent.count; piece += 1) {
      signal.throwIfAborted();
      const { start, end } = this.torrent.placeOf(piece);
      const part = buffer.subarray(0, end - start + 1);
      if ((await this.file.read(part, start)) < part.length) continue;
      if (!(await isPiece(this.torrent, piece, part))) continue;
      this.plan.finish(piece);
      bytes += part.length;
    }
    return bytes;
  }

  /** Fetches what is missing. @throws NoSeedLeftError, or what the signal was aborted with */
  async run(seeds: string[], signal: AbortSignal): Promise<void> {
    const each = Math.max(1, Math.min(this.options.connectionsPerSeed, this.options.connections));
    // Seeds in turn: with few connections every seed still has one.
    const workers = Array.from({ length: each }, () => seeds)
      .flat()
      .slice(0, Math.max(this.options.connections, 1));
    const waiting = seeds.filter((seed) => !workers.includes(seed));
    await this.work(workers, waiting, signal);
    signal.throwIfAborted();
    if (!this.plan.isComplete) throw new NoSeedLeftError([...this.reasons.values()]);
  }

  private async work(workers: string[], waiting: string[], signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const worker = async (first: string) => {
      // Who gives up makes room for a seed that had none.
      for (let seed: string | undefined = first; seed !== undefined; seed = waiting.shift())
        await this.drain(seed, both);
    };
    try {
      await Promise.all(workers.map(worker));
    } finally {
      stop.abort();
    }
  }

  /** Asks one seed for run after run, until there is nothing left or it fails too often. */
  private async drain(seed: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.dropped.has(seed) && !this.plan.isComplete) {
      const run = this.plan.claim();
      if (run) await this.fetch(seed, run, signal);
      // The rest is being asked of others; when one of them fails, this one takes over.
      else await this.changes();
    }
    this.wake();
  }

  private async fetch(seed: string, run: PieceRun, signal: AbortSignal): Promise<void> {
    const { start } = this.torrent.placeOf(run.first);
    const { end } = this.torrent.placeOf(run.last);
    const collector = new PieceCollector(this.torrent, run, async (piece, bytes) => {
      signal.throwIfAborted();
      await this.write(piece, bytes);
      this.plan.finish(piece);
      this.failures.delete(seed);
      this.events.onPiece?.(piece, seed, bytes.length);
    });
    let wrong: Error | undefined;
    const take = async (chunk: Buffer) => {
      await collector.take(chunk).catch((error: Error) => {
        // Who reads may make another error of it.
        wrong = error;
        throw error;
      });
    };
    try {
      await this.read(seed, { start, end, take, signal });
    } catch (error) {
      if (this.fault) throw this.fault;
      if (!signal.aborted) this.fail(seed, wrong ?? (error as Error));
    } finally {
      this.plan.release(run);
      this.wake();
    }
  }

  private async write(piece: number, bytes: Buffer): Promise<void> {
    try {
      await this.file.write(bytes, this.torrent.placeOf(piece).start);
    } catch (error) {
      this.fault = error as Error;
      throw error;
    }
  }

  private fail(seed: string, error: Error): void {
    const failures = (this.failures.get(seed) ?? 0) + 1;
    this.failures.set(seed, failures);
    this.reasons.set(seed, `${seed}: ${error.message}.`);
    if (error instanceof WrongPieceError) this.events.onLiar?.(seed, error);
    else this.events.onFailure?.(seed, error);
    if (error instanceof WrongPieceError || failures >= this.options.failures) this.dropped.add(seed);
  }

  private changes(): Promise<void> {
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private wake(): void {
    for (const resolve of this.idle.splice(0)) resolve();
  }
}
