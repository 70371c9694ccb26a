import { provenPieces } from './proven-pieces';
import { PieceAssembler } from './piece-assembler';
import type { SeedReader } from './seed-reader';
import { HEAD_START } from './stream-messages';
import { chooseSource } from './source-choice';
import type { TorrentEngine } from './torrent-engine';
import type { PlayerOptions } from './types';

const MIB = 1024 * 1024;
/** Bytes of one request to a seed: pieces that follow each other come together (BEP 19 as a stream, not a request a piece). */
const URGENT_RUN = 1 * MIB;
const CALM_RUN = 4 * MIB;
/** How often a reader that waits for peers looks again, in milliseconds. */
const LOOK_AGAIN = 100;
/** Raw bytes kept for the swarm until its piece length is known. */
const MAX_EARLY = 16 * MIB;

/** How the `<video>` element is doing. */
export interface Playback {
  starving: boolean;
  /** Seconds. */
  bufferedAhead: number;
}

/** The bytes of one file, from pieces that are there, peers and seeds, in the order the player needs them. */
export class RangeSource {
  private engine: TorrentEngine | null = null;
  private assembler: PieceAssembler | null = null;
  private early: Array<{ position: number; chunk: Uint8Array; seed: string }> | null = [];
  private earlyBytes = 0;
  /** Pieces that a seed is sending right now: peers are not asked for them. */
  private seedFrontier = HEAD_START;
  /** A piece that these seeds sent does not have its hash. */
  onLie: (piece: number, seeds: string[]) => void = () => {};

  constructor(
    readonly size: number,
    private readonly seeds: SeedReader,
    private readonly playback: () => Playback,
    private readonly options: PlayerOptions,
  ) {}

  /** From now on the swarm takes part, with what was read so far. */
  join(engine: TorrentEngine): void {
    this.engine = engine;
    this.assembler = new PieceAssembler(
      engine.pieceLength,
      this.size,
      (index, piece, seeds) => void this.offer(index, piece, seeds),
    );
    for (const { position, chunk, seed } of this.early ?? []) this.assembler.add(position, chunk, seed);
    this.early = null;
    this.seeds.useCopies();
  }

  /** There will be no swarm, and nothing to check bytes against: copies have been checked by the instance. */
  stayAlone(): void {
    this.early = null;
    this.seeds.useCopies();
  }

  /** The bytes from `start` up to, not including, `end`; ends early only by the signal. */
  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let position = start;
    while (position < end && !signal.aborted) {
      const piece = this.stored(position);
      if (piece) {
        const chunk = piece.subarray(0, end - position);
        position += chunk.length;
        yield chunk;
      } else if (this.choose(position) === 'wait') {
        this.askPeers(position);
        await (this.engine?.change(LOOK_AGAIN) ?? new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN)));
      } else {
        const until = Math.min(end, this.runEnd(position));
        for await (const chunk of this.fromSeed(position, until, signal)) {
          position += chunk.length;
          yield chunk;
        }
      }
    }
  }

  /** Bytes that did not come by `read`: the service worker fetched them when the video was opened. */
  takeHeadStart(seed: string, position: number, chunk: Uint8Array): void {
    this.seeds.credit(seed, chunk.length);
    this.keep(position, chunk, seed);
  }

  /** Asks peers for what comes after `position`, as far as the player wants to be ahead. */
  askPeers(position: number): void {
    const { engine } = this;
    if (!engine) return;
    const first = Math.floor(Math.max(position, this.seedFrontier) / engine.pieceLength);
    const ahead = Math.ceil((this.bytesPerSecond * this.options.peerAhead) / engine.pieceLength);
    engine.want(Math.min(first, engine.pieceCount), Math.min(first + ahead, engine.pieceCount - 1));
  }

  /** Set by the player once it knows the duration. */
  bytesPerSecond = Number.POSITIVE_INFINITY;

  private stored(position: number): Uint8Array | undefined {
    if (!this.engine) return undefined;
    const index = Math.floor(position / this.engine.pieceLength);
    return this.engine.piece(index)?.subarray(position - index * this.engine.pieceLength);
  }

  private choose(position: number): 'seed' | 'wait' {
    const { engine } = this;
    const joined = engine ? (performance.now() - engine.joinedAt) / 1000 : null;
    return chooseSource(
      {
        ...this.playback(),
        peersHaveIt: engine?.peersHave(Math.floor(position / engine.pieceLength)) ?? false,
        // While the swarm is being joined its first pieces are only a moment away.
        inSwarmFor: engine ? joined : this.early ? 0 : null,
      },
      this.options,
    );
  }

  /** Where a request to a seed ends: at the next piece that is there already, otherwise at the end of a piece. */
  private runEnd(position: number): number {
    const { starving, bufferedAhead } = this.playback();
    const run = starving || bufferedAhead < this.options.urgent ? URGENT_RUN : CALM_RUN;
    if (!this.engine) return Math.min(this.size, position + run);
    const { pieceLength } = this.engine;
    let index = Math.floor(position / pieceLength) + 1;
    while (index * pieceLength < position + run && index < this.engine.pieceCount && !this.engine.has(index))
      index += 1;
    return Math.min(this.size, index * pieceLength);
  }

  private async *fromSeed(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let position = start;
    this.seedFrontier = end;
    this.askPeers(end);
    if (this.engine && this.seeds.hasCopies) {
      const onLie = (piece: number, seeds: string[]) => this.onLie(piece, seeds);
      yield* provenPieces(this.seeds, this.engine, { start, end, size: this.size, signal, onLie });
      return;
    }
    for await (const { seed, chunk } of this.seeds.read(start, end, signal)) {
      this.keep(position, chunk, seed);
      position += chunk.length;
      yield chunk;
    }
  }

  /** Bytes of a seed are kept for peers; a copy, since the original is handed over to the service worker. */
  private keep(position: number, chunk: Uint8Array, seed: string): void {
    if (this.assembler) this.assembler.add(position, chunk, seed);
    else if (this.early && this.earlyBytes < MAX_EARLY) {
      this.early.push({ position, chunk: chunk.slice(), seed });
      this.earlyBytes += chunk.length;
    }
  }

  private async offer(index: number, piece: Uint8Array, seeds: string[]): Promise<void> {
    if ((await this.engine?.add(index, piece)) === false) this.onLie(index, seeds);
  }
}
