import type { TorrentPieces } from '@vidiverse/torrent';
import type { RunningJob } from '../jobs/job-queue.js';
import type { CachedFileEntity } from './cached-file.entity.js';
import type { CopyStore } from './copy-store.service.js';

/** Milliseconds between two notes. */
const PAUSE = 1000;

/** Notes now and then how far a fetch is: what is proven is on the disk anyway. */
export class FetchProgress {
  private verified = 0;
  private readonly bytesFrom: Record<string, number>;
  private readonly badSeeds: Set<string>;
  private writtenAt = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly copy: CachedFileEntity,
    private readonly torrent: TorrentPieces,
    private readonly job: RunningJob<unknown>,
    private readonly store: CopyStore,
  ) {
    this.bytesFrom = { ...copy.bytesFrom };
    this.badSeeds = new Set(copy.badSeeds);
  }

  /** So many bytes were here already. */
  begin(verified: number): void {
    this.verified = verified;
    this.soon();
  }

  add(bytes: number, seed: string): void {
    this.verified += bytes;
    this.bytesFrom[seed] = (this.bytesFrom[seed] ?? 0) + bytes;
    if (Date.now() - this.writtenAt >= PAUSE) this.soon();
  }

  /** Noted at once: it must not be asked again after a crash. */
  liar(seed: string): void {
    this.badSeeds.add(seed);
    this.soon();
  }

  /** Resolves when all is written. */
  async write(): Promise<void> {
    this.soon();
    await this.writing;
  }

  private soon(): void {
    this.writtenAt = Date.now();
    this.writing = this.writing.then(() => this.note()).catch(() => undefined);
  }

  private async note(): Promise<void> {
    const { verified: verifiedBytes, bytesFrom } = this;
    await this.store.note(this.copy.id, { verifiedBytes, bytesFrom, badSeeds: [...this.badSeeds] });
    await this.job.progress((verifiedBytes / this.torrent.length) * 100);
  }
}
